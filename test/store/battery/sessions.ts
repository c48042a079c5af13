import {
  deleteSessionsBefore,
  deleteSessionsOf,
  findLiveSession,
  insertSession,
  updateSessionEntry,
} from '../../../server/store/sessions';
import { buildSession } from './build-rows';
import type { Place } from './engine';

export function describeSessions({ store }: Place): void {
  describe('sessions', () => {
    test('a session is found by any of its hashes until the moment it ends', async () => {
      const row = buildSession();
      await insertSession(store().db, row);
      expect(await findLiveSession(store().db, ['another', row.sid_hash], 1999)).toEqual(row);
      expect(await findLiveSession(store().db, [row.sid_hash], 2000)).toBeNull();
      expect(await findLiveSession(store().db, ['another'], 1000)).toBeNull();
      await updateSessionEntry(store().db, row.sid_hash, 'qr');
      expect((await findLiveSession(store().db, [row.sid_hash], 1000))?.entry).toBe('qr');
    });

    test('ending a member leaves the colleagues; ending a corp leaves the other corps', async () => {
      const rows = [buildSession(), buildSession({ user_id: 'li' }), buildSession({ corp_id: 'wpother' })];
      for (const row of rows) await insertSession(store().db, row);
      const alive = async () =>
        (await Promise.all(rows.map((row) => findLiveSession(store().db, [row.sid_hash], 0)))).map(Boolean);
      await deleteSessionsOf(store().db, 'wpcorp', 'zhang');
      expect(await alive()).toEqual([false, true, true]);
      await deleteSessionsOf(store().db, 'wpcorp', null);
      expect(await alive()).toEqual([false, false, true]);
      await deleteSessionsBefore(store().db, 2001);
      expect(await alive()).toEqual([false, false, false]);
    });
  });
}
