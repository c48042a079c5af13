import type { Kysely, Transaction } from 'kysely';
import type { Database, ReminderSendsTable, RemindersTable } from './schema';

type Db = Kysely<Database>;

/** Keys of the rungs a corp was told. */
export async function listToldRungs(db: Db, corpId: string): Promise<Set<string>> {
  const rows = await db.selectFrom('reminders').select('key').where('corp_id', '=', corpId).execute();
  return new Set(rows.map(({ key }) => key));
}

/** The message to a corp whose answer was never written down, or null. */
export async function findOpenSend(db: Db, corpId: string): Promise<ReminderSendsTable | null> {
  const row = await db
    .selectFrom('reminder_sends')
    .selectAll()
    .where('corp_id', '=', corpId)
    .where('state', '=', 'sending')
    .executeTakeFirst();
  return row ?? null;
}

/** Whether a message of this id was sent, or may have been. A refused one reached nobody. */
export async function isSendSpent(db: Db, id: string): Promise<boolean> {
  const row = await db
    .selectFrom('reminder_sends')
    .select('id')
    .where('id', '=', id)
    .where('state', '!=', 'refused')
    .executeTakeFirst();
  return row !== undefined;
}

export type NewSend = Pick<ReminderSendsTable, 'id' | 'corp_id' | 'user_ids_json' | 'card_json' | 'first_tried_at_ms'>;

/**
 * Takes a message and its rungs for the caller, before it is sent. False when somebody has taken the message, or one of
 * the rungs, already: then nothing was taken.
 */
export async function reserveSend(
  trx: Transaction<Database>,
  send: NewSend,
  rungs: readonly Omit<RemindersTable, 'corp_id' | 'send_id'>[],
): Promise<boolean> {
  const blank = { ended_at_ms: null, message_id: null, unlicensed_json: null, invalid_json: null, message: null };
  const row = { ...send, ...blank, state: 'sending' as const };
  const taken = await trx
    .insertInto('reminder_sends')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row).where('reminder_sends.state', '=', 'refused'))
    .executeTakeFirst();
  if (taken.numInsertedOrUpdatedRows !== 1n) return false;
  const rows = rungs.map((rung) => ({ ...rung, corp_id: send.corp_id, send_id: send.id }));
  await trx.insertInto('reminders').values(rows).execute();
  return true;
}

export type SendEnding = Pick<
  ReminderSendsTable,
  'ended_at_ms' | 'message_id' | 'unlicensed_json' | 'invalid_json' | 'message'
> & { readonly state: 'sent' | 'unknown' };

/** Writes down what became of a message. False when another process has done so already. */
export async function endSend(db: Db, id: string, ending: SendEnding): Promise<boolean> {
  const ended = await db
    .updateTable('reminder_sends')
    .set(ending)
    .where('id', '=', id)
    .where('state', '=', 'sending')
    .executeTakeFirst();
  return ended.numUpdatedRows === 1n;
}

/** WeCom refused the message: its rungs were told to nobody. Nothing when another process has ended it meanwhile. */
export async function refuseSend(trx: Transaction<Database>, id: string, atMs: number, message: string): Promise<void> {
  const refused = await trx
    .updateTable('reminder_sends')
    .set({ state: 'refused', ended_at_ms: atMs, message })
    .where('id', '=', id)
    .where('state', '=', 'sending')
    .executeTakeFirst();
  if (refused.numUpdatedRows === 1n) await freeRungs(trx, id);
}

/** The rungs of a message that reached nobody may be told by another. */
export async function freeRungs(db: Db, sendId: string): Promise<void> {
  await db.deleteFrom('reminders').where('send_id', '=', sendId).execute();
}

/** A corp's messages, the newest first. */
export async function listSends(db: Db, corpId: string): Promise<ReminderSendsTable[]> {
  return db
    .selectFrom('reminder_sends')
    .selectAll()
    .where('corp_id', '=', corpId)
    .orderBy('first_tried_at_ms', 'desc')
    .execute();
}

/** Installed corps of which something ends, or seats run out, between two moments. */
export async function listCorpsWithEnds(db: Db, fromMs: number, toMs: number): Promise<string[]> {
  const rows = await db
    .selectFrom('corps')
    .select('corp_id')
    .where('status', '=', 'installed')
    .where(({ exists, or, selectFrom }) =>
      or([
        exists(
          selectFrom('corp_licences')
            .select('corp_licences.corp_id')
            .whereRef('corp_licences.corp_id', '=', 'corps.corp_id')
            .where((inner) =>
              inner.or([
                inner.and([inner('trial_ends_at_ms', '>', fromMs), inner('trial_ends_at_ms', '<', toMs)]),
                inner.and([inner('check_from_ms', '>', fromMs), inner('check_from_ms', '<', toMs)]),
              ]),
            ),
        ),
        exists(
          selectFrom('seats')
            .select('seats.corp_id')
            .whereRef('seats.corp_id', '=', 'corps.corp_id')
            .where('moved_at_ms', 'is', null)
            .where('expires_at_ms', '>', fromMs)
            .where('expires_at_ms', '<', toMs),
        ),
      ]),
    )
    .orderBy('corp_id')
    .execute();
  return rows.map((row) => row.corp_id);
}

/** Deletes what was told and sent before a moment; a rung is longer past than any ladder reaches. */
export async function deleteRemindersBefore(db: Db, beforeMs: number): Promise<void> {
  await db.deleteFrom('reminders').where('ends_at_ms', '<', beforeMs).execute();
  await db
    .deleteFrom('reminder_sends')
    .where('state', '!=', 'sending')
    .where('first_tried_at_ms', '<', beforeMs)
    .execute();
}
