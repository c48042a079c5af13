import { sql } from 'kysely';
import { forgetWordsOfCorp, settleCallback, createInboxWriter } from '../../../server/store/inbox';
import { insertSession } from '../../../server/store/sessions';
import { findKeptCorpIds, listCorpIdsAt, listTokenKeysAfter, PLACES } from '../../../server/store/strays';
import { saveToken } from '../../../server/store/tokens';
import { buildCallback, buildSession, buildToken } from './build-rows';
import type { Place } from './engine';

export function describeStrays({ store }: Place): void {
  describe('what is kept of corps', () => {
    test('every place can be walked through corp by corp, a page at a time', async () => {
      const { db } = store();
      for (const corpId of ['c', 'a', 'b', 'b', null]) await insertSession(db, buildSession({ corp_id: corpId }));
      expect(await listCorpIdsAt(db, 'sessions', '', 2)).toEqual(['a', 'b']);
      expect(await listCorpIdsAt(db, 'sessions', 'b', 2)).toEqual(['c']);
      expect(await listCorpIdsAt(db, 'sessions', 'c', 2)).toEqual([]);
      for (const place of PLACES) expect(Array.isArray(await listCorpIdsAt(db, place, '', 2))).toBe(true);
    });

    test('of callbacks only settled ones with words count; their words are forgotten in parts, and nobody else’s', async () => {
      const { db } = store();
      const keep = createInboxWriter(store());
      const all = Array.from({ length: 5 }, () => buildCallback({ corp_id: 'a' }));
      for (const one of [...all, buildCallback({ corp_id: 'b' }), buildCallback({ corp_id: null })]) await keep(one);
      expect(await listCorpIdsAt(db, 'inbox', '', 9)).toEqual([]);
      await db.updateTable('inbox').set({ state: 'done' }).execute();
      await db
        .updateTable('inbox')
        .set({ state: 'new' })
        .where('event_key', '=', all[0]?.event_key ?? '')
        .execute();
      expect(await listCorpIdsAt(db, 'inbox', '', 9)).toEqual(['a', 'b']);
      expect([await forgetWordsOfCorp(db, 'a', 3), await forgetWordsOfCorp(db, 'a', 3)]).toEqual([3, 1]);
      expect(await listCorpIdsAt(db, 'inbox', '', 9)).toEqual(['b']);
      const waiting = await db.selectFrom('inbox').select('event_key').where('state', '=', 'new').execute();
      expect(waiting).toEqual([{ event_key: all[0]?.event_key }]);
      if (all[0]) await settleCallback(db, all[0], { state: 'done', message: null });
      expect(await forgetWordsOfCorp(db, 'a', 3)).toBe(1);
    });

    test('they are found by the index that a callback which arrives is not in', async () => {
      const { db, engine } = store();
      const find = sql`select event_key from inbox where corp_id = ${'a'} and state != 'new' and body_sealed != '' limit 5`;
      const plan =
        engine === 'embedded'
          ? await sql`explain query plan ${find}`.execute(db)
          : await db.transaction().execute(async (trx) => {
              await sql`set local enable_seqscan = off`.execute(trx);
              return sql`explain ${find}`.execute(trx);
            });
      expect(JSON.stringify(plan.rows)).toContain('inbox_words');
    });

    test('tokens are walked through by the beginning of their keys', async () => {
      const { db } = store();
      for (const key of ['corp:s:a:token', 'corp:s:b:token', 'corp:t:c:token', 'suite:s'])
        await saveToken(db, buildToken(key));
      expect(await listTokenKeysAfter(db, 'corp:s:', '', 1)).toEqual(['corp:s:a:token']);
      expect(await listTokenKeysAfter(db, 'corp:s:', 'corp:s:a:token', 9)).toEqual(['corp:s:b:token']);
      expect(await findKeptCorpIds(db, ['nobody'])).toEqual(new Set());
    });
  });
}
