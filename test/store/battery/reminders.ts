import { listCorpsUnreadSince, listCorpsWithEndedSeats, listRemovedCorpIds } from '../../../server/store/corps-due';
import { listInstalledCorpsAfter } from '../../../server/store/corps';
import { saveCorpLicence } from '../../../server/store/corp-licences';
import { listOrdersToPoll } from '../../../server/store/orders-due';
import {
  deleteRemindersBefore,
  endSend,
  findOpenSend,
  isSendSpent,
  listCorpsWithEnds,
  listSends,
  listToldRungs,
  refuseSend,
  reserveSend,
} from '../../../server/store/reminders';
import { saveJob } from '../../../server/store/jobs';
import type { CorpsTable } from '../../../server/store/schema';
import { buildJob } from './build-rows';
import type { Place } from './engine';

const CORP = 'wpReminded';
const send = { id: `${CORP}:1`, corp_id: CORP, user_ids_json: '[]', card_json: '{}', first_tried_at_ms: 1000 };
const rung = (key: string) => ({ key, ends_at_ms: 5000, count: 2 });

const corp = (corpId: string, over: Partial<CorpsTable> = {}): CorpsTable => ({
  corp_id: corpId,
  kind: 'third_party',
  status: 'installed',
  name: null,
  agent_id: null,
  permanent_code_sealed: null,
  privilege_json: null,
  installer_user_id: null,
  installed_at_ms: 0,
  removed_at_ms: null,
  event_at_ms: 0,
  checked_at_ms: 0,
  source: 'api',
  admins_checked_at_ms: 0,
  ...over,
});

export function describeReminders({ store }: Place): void {
  describe('reminders', () => {
    beforeEach(async () => {
      for (const table of ['reminders', 'reminder_sends', 'corp_licences', 'corps'] as const)
        await store().db.deleteFrom(table).execute();
    });
    const reserve = (over: object, ...keys: string[]) =>
      store().transaction((trx) => reserveSend(trx, { ...send, ...over }, keys.map(rung)));

    test('a message is taken once, and a rung once, however many ask', async () => {
      expect(await reserve({}, 'trial:9:30')).toBe(true);
      expect(await reserve({}, 'trial:9:7')).toBe(false);
      await expect(reserve({ id: `${CORP}:2` }, 'seats:9:7', 'trial:9:30')).rejects.toThrow();
      expect([...(await listToldRungs(store().db, CORP))]).toEqual(['trial:9:30']);
      expect(await findOpenSend(store().db, CORP)).toMatchObject({ id: send.id, state: 'sending' });
      expect(await isSendSpent(store().db, send.id)).toBe(true);
    });

    test('what was refused may be said again, the same day and with other words', async () => {
      await reserve({}, 'trial:9:30');
      await store().transaction((trx) => refuseSend(trx, send.id, 2000, 'errcode 60020'));
      expect(await isSendSpent(store().db, send.id)).toBe(false);
      expect(await reserve({ card_json: '{"new":1}' }, 'trial:9:30')).toBe(true);
      expect(await listSends(store().db, CORP)).toMatchObject([
        { state: 'sending', card_json: '{"new":1}', message: null },
      ]);
    });

    test('what another process has sent meanwhile is not taken back by a refusal', async () => {
      await reserve({}, 'trial:9:30');
      const blank = { unlicensed_json: null, invalid_json: null, message: null };
      await endSend(store().db, send.id, { ...blank, state: 'sent', ended_at_ms: 2000, message_id: 'm' });
      await store().transaction((trx) => refuseSend(trx, send.id, 2000, 'errcode -1'));
      expect([...(await listToldRungs(store().db, CORP))]).toEqual(['trial:9:30']);
      expect(await isSendSpent(store().db, send.id)).toBe(true);
    });

    test('what is long past is forgotten, what is under way is not', async () => {
      await reserve({}, 'trial:9:30');
      await deleteRemindersBefore(store().db, 5000);
      expect(await listToldRungs(store().db, CORP)).toHaveProperty('size', 1);
      await deleteRemindersBefore(store().db, 5001);
      expect(await listToldRungs(store().db, CORP)).toHaveProperty('size', 0);
      expect(await listSends(store().db, CORP)).toHaveLength(1);
    });

    test('the schedule finds the corps that concern it, and no others', async () => {
      const { db } = store();
      const gone = { status: 'removed', removed_at_ms: 700 } as const;
      await db
        .insertInto('corps')
        .values([corp('wpA'), corp('wpB'), corp('wpC'), corp('wpGone', gone)])
        .execute();
      await saveCorpLicence(db, 'wpA', { trial_ends_at_ms: 900, licence_checked_at_ms: 500 });
      await saveCorpLicence(db, 'wpB', { check_from_ms: 2000, licence_checked_at_ms: 800 });
      await saveCorpLicence(db, 'wpGone', { trial_ends_at_ms: 900 });
      expect(await listCorpsWithEnds(db, 800, 1000)).toEqual(['wpA']);
      expect(await listCorpsWithEnds(db, 800, 3000)).toEqual(['wpA', 'wpB']);
      expect(await listCorpsUnreadSince(db, 600, 10, 'test')).toEqual(['wpC', 'wpA']);
      expect(await listCorpsUnreadSince(db, 900, 2, 'test')).toEqual(['wpC', 'wpA']);
      await saveJob(db, buildJob('wpC'), false);
      expect(await listCorpsUnreadSince(db, 900, 2, 'test')).toEqual(['wpA', 'wpB']);
      await db.updateTable('jobs').set({ state: 'dead', finished_at_ms: 700 }).execute();
      expect(await listCorpsUnreadSince(db, 900, 2, 'test')).toEqual(['wpA', 'wpC']);
      expect(await listInstalledCorpsAfter(db, '', 10)).toEqual(['wpA', 'wpB', 'wpC']);
      expect(await listRemovedCorpIds(db, 700)).toEqual(['wpGone']);
      expect(await listRemovedCorpIds(db, 701)).toEqual([]);
      expect(await listCorpsWithEndedSeats(db, 0, 9000)).toEqual([]);
      expect(await listOrdersToPoll(db, 0)).toEqual([]);
    });
  });
}
