import { findLiveSession, insertSession } from '../../../server/store/sessions';
import { createGroupCommit } from '../../../server/store/group-commit';
import { buildSession } from './build-rows';
import type { SessionsTable } from '../../../server/store/schema';
import type { Place } from './engine';

export function describeGroupCommit({ other, store }: Place): void {
  describe('group commit', () => {
    const insertAll = (counts: number[]) =>
      createGroupCommit<SessionsTable>(store(), async (db, rows) => {
        counts.push(rows.length);
        await db
          .insertInto('sessions')
          .values([...rows])
          .execute();
      });

    test('what arrives together shares few statements and is committed when it is answered', async () => {
      const counts: number[] = [];
      const insert = insertAll(counts);
      const second = await other();
      await Promise.all(
        Array.from({ length: 300 }, async () => {
          const row = buildSession();
          await insert(row);
          expect(await findLiveSession(second.db, [row.sid_hash], 0)).not.toBeNull();
        }),
      );
      expect(counts.length).toBeLessThan(10);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(300);
      await second.close();
    });

    test('one that cannot be written fails alone', async () => {
      const insert = insertAll([]);
      const taken = buildSession();
      await insertSession(store().db, taken);
      const [good, bad] = [buildSession(), taken];
      const results = await Promise.allSettled([insert(good), insert(bad), insert(buildSession())]);
      expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect(await findLiveSession(store().db, [good.sid_hash], 0)).not.toBeNull();
    });
  });
}
