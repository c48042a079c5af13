import { findToken, saveToken } from '../../../server/store/tokens';
import { countWaitingCallbacks } from '../../../server/store/inbox';
import { buildToken } from './build-rows';
import type { Place } from './engine';

export function describeValues({ store }: Place): void {
  describe('values', () => {
    test('milliseconds, the largest safe integer and counts come back as the numbers they were', async () => {
      for (const value of [0, 1_800_000_000_123, Number.MAX_SAFE_INTEGER, -1]) {
        await saveToken(store().db, buildToken('number', 'x', value));
        expect((await findToken(store().db, 'number'))?.expires_at_ms).toBe(value);
      }
      expect(await countWaitingCallbacks(store().db)).toEqual({ count: 0, oldestAtMs: null });
    });

    test.each(['张三 · 電梯巡檢', '👩‍🔧 ﷽', "'; drop table tokens; --", 'a'.repeat(100_000), ''])(
      'text of any kind comes back as it was: %.20s',
      async (text) => {
        await saveToken(store().db, buildToken('text', text));
        expect((await findToken(store().db, 'text'))?.value_sealed).toBe(text);
      },
    );

    test('ids that differ only in case are different', async () => {
      await saveToken(store().db, buildToken('Key', 'upper'));
      await saveToken(store().db, buildToken('key', 'lower'));
      expect((await findToken(store().db, 'Key'))?.value_sealed).toBe('upper');
      expect((await findToken(store().db, 'key'))?.value_sealed).toBe('lower');
    });
  });
}
