import { systemClock } from '../../../server/clock';
import { findToken, saveToken } from '../../../server/store/tokens';
import { findPendingMigrations } from '../../../server/store/migrate';
import { buildToken } from './build-rows';
import { sql } from 'kysely';
import type { Place } from './engine';

export function describeOpening({ engine, other, store }: Place): void {
  describe('opening', () => {
    test('a reopened store has everything that was written, and nothing to migrate', async () => {
      await saveToken(store().db, buildToken('kept'));
      const reopened = await other();
      expect(await findToken(reopened.db, 'kept')).toMatchObject({ value_sealed: 'sealed' });
      expect(await findPendingMigrations(reopened.db)).toEqual([]);
      await reopened.close();
    });

    test('several starts at once on a new place run each migration once', async () => {
      const fresh = await engine().makePlace();
      const stores = await Promise.all([1, 2, 3, 4].map(() => engine().open(fresh)));
      const [first] = stores;
      if (!first) throw new Error('no store');
      const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(first.db);
      expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
      expect(await findPendingMigrations(first.db)).toEqual([]);
      await Promise.all(stores.map((one) => one.close()));
    });

    test('whoever opens it is told one machine time', async () => {
      const second = await other();
      const times = [await store().machineMs(), await second.machineMs(), await store().machineMs()];
      expect(times).toEqual([...times].sort((one, two) => one - two));
      expect(Math.abs((times[0] ?? 0) - systemClock.now())).toBeLessThan(60_000);
      await second.close();
    });

    test('a store that was closed says so instead of hanging; closing twice is fine', async () => {
      const closed = await other();
      await closed.ping();
      await closed.close();
      await closed.close();
      await expect(findToken(closed.db, 'x')).rejects.toThrow();
      await expect(closed.ping()).rejects.toThrow();
    });
  });
}
