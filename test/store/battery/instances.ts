import {
  countInstancesSince,
  deleteInstance,
  deleteInstancesBefore,
  saveInstance,
} from '../../../server/store/instances';
import type { Place } from './engine';

export function describeInstances({ other, store }: Place): void {
  describe('instances', () => {
    test('each counts once however often it is seen, from any of them, until it is deleted', async () => {
      const second = await other();
      for (const seen_at_ms of [1000, 2000]) await saveInstance(store().db, { id: 'one', seen_at_ms });
      await saveInstance(second.db, { id: 'other', seen_at_ms: 1500 });
      const counts = (seenAtMs: number) =>
        Promise.all([store(), second].map(({ db }) => countInstancesSince(db, seenAtMs)));
      expect(await counts(1500)).toEqual([2, 2]);
      expect(await counts(1501)).toEqual([1, 1]);
      await deleteInstance(store().db, 'one');
      await deleteInstance(store().db, 'never');
      expect(await counts(0)).toEqual([1, 1]);
      await second.close();
    });

    test('those seen before a moment are deleted, and no others', async () => {
      await saveInstance(store().db, { id: 'dead', seen_at_ms: 999 });
      await saveInstance(store().db, { id: 'alive', seen_at_ms: 1000 });
      await deleteInstancesBefore(store().db, 1000);
      expect(await store().db.selectFrom('instances').selectAll().execute()).toEqual([
        { id: 'alive', seen_at_ms: 1000 },
      ]);
    });
  });
}
