import type { Kysely } from 'kysely';
import type { CorpLicencesTable, Database } from './schema';

type Db = Kysely<Database>;

const NOTHING_READ = {
  checking: null,
  trial_starts_at_ms: null,
  trial_ends_at_ms: null,
  check_from_ms: null,
  licence_checked_at_ms: 0,
  licence_seen_at_ms: 0,
  auto_activation: null,
  ever_paid: null,
  auto_checked_at_ms: 0,
  auto_seen_at_ms: 0,
  ledger_checked_at_ms: 0,
  orders_read_to_ms: 0,
  seats_checked_at_ms: 0,
} as const;

/** What WeCom said of the corp as a whole; null when it was never asked. */
export async function findCorpLicence(db: Db, corpId: string): Promise<CorpLicencesTable | null> {
  const row = await db.selectFrom('corp_licences').selectAll().where('corp_id', '=', corpId).executeTakeFirst();
  return row ?? null;
}

type SeenTimes = Partial<Pick<CorpLicencesTable, SeenAt | 'licence_checked_at_ms' | 'auto_checked_at_ms'>>;
type SeenAt = 'licence_seen_at_ms' | 'auto_seen_at_ms';

/** Keeps when it was seen to be so, unless somebody has seen it later; a time still to come is a clock's that was set back. */
export async function saveSeenTimes(db: Db, corpId: string, times: SeenTimes, nowMs: number): Promise<void> {
  const seenAt = (['licence_seen_at_ms', 'auto_seen_at_ms'] as const).filter((column) => times[column] !== undefined);
  await db
    .updateTable('corp_licences')
    .set(times)
    .where('corp_id', '=', corpId)
    .where((eb) =>
      eb.and(seenAt.map((column) => eb.or([eb(column, '<=', times[column] ?? 0), eb(column, '>', nowMs)]))),
    )
    .execute();
}

/** Keeps a part of it: only the columns given change. */
export async function saveCorpLicence(
  db: Db,
  corpId: string,
  change: Partial<Omit<CorpLicencesTable, 'corp_id'>>,
): Promise<void> {
  await db
    .insertInto('corp_licences')
    .values({ corp_id: corpId, ...NOTHING_READ, ...change })
    .onConflict((conflict) => conflict.column('corp_id').doUpdateSet(change))
    .execute();
}
