import { deleteHold, deleteHoldsBefore, findHold, listHoldsAfter, saveHold } from '../../../server/store/wecom-holds';
import type { Place } from './engine';

const LONG_AFTER = 1_800_000_000_000;

export function describeWecomHolds({ store }: Place): void {
  const hold = (key: string, until_ms: number, length_ms = 60_000) => ({ key, until_ms, length_ms });
  const save = (row: ReturnType<typeof hold>, believedToMs = LONG_AFTER) => saveHold(store().db, row, believedToMs);
  const untilOf = async (key: string) => (await findHold(store().db, key))?.until_ms ?? null;

  describe('holds', () => {
    test('of several holds of one call the one that ends last is kept, whoever writes first', async () => {
      await save(hold('k', 2000));
      await save(hold('k', 3000, 120_000));
      await save(hold('k', 2500));
      expect(await findHold(store().db, 'k')).toEqual(hold('k', 3000, 120_000));
      expect(await findHold(store().db, 'another')).toBeNull();
    });

    test('one that ends later than is believed gives way', async () => {
      await save(hold('k', 9000));
      await save(hold('k', 2000), 9000);
      expect(await untilOf('k')).toBe(9000);
      await save(hold('k', 2000), 8999);
      expect(await untilOf('k')).toBe(2000);
    });

    test('one that ended is forgotten; a newer one stays', async () => {
      await save(hold('ended', 2000));
      await save(hold('again', 2001));
      await deleteHold(store().db, 'ended', 2000);
      await deleteHold(store().db, 'again', 2000);
      expect([await untilOf('ended'), await untilOf('again')]).toEqual([null, 2001]);
    });

    test('those that end after a moment are listed, the last first, and the rest can be swept', async () => {
      for (const until of [1000, 2000, 3000]) await save(hold(`until ${until}`, until));
      const listed = async (untilMs: number, limit = 10) =>
        (await listHoldsAfter(store().db, untilMs, limit)).map(({ until_ms }) => until_ms);
      expect(await listed(1000)).toEqual([3000, 2000]);
      expect(await listed(0, 1)).toEqual([3000]);
      await deleteHoldsBefore(store().db, 2000);
      expect(await listed(0)).toEqual([3000, 2000]);
    });
  });
}
