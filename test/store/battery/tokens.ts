import {
  deleteTokens,
  dropToken,
  findToken,
  leaseToken,
  releaseToken,
  saveNewerToken,
  saveToken,
} from '../../../server/store/tokens';
import { buildToken } from './build-rows';
import type { Place } from './engine';

export function describeTokens({ other, store }: Place): void {
  describe('tokens', () => {
    test('a token is kept, replaced, dropped by exactly its value, and deleted', async () => {
      await saveToken(store().db, buildToken('t', 'one'));
      await saveToken(store().db, buildToken('t', 'two'));
      await dropToken(store().db, 't', 'one');
      expect((await findToken(store().db, 't'))?.value_sealed).toBe('two');
      await dropToken(store().db, 't', 'two');
      expect(await findToken(store().db, 't')).toMatchObject({ value_sealed: null, expires_at_ms: 0 });
      await deleteTokens(store().db, ['t', 'never']);
      await deleteTokens(store().db, []);
      expect(await findToken(store().db, 't')).toBeNull();
    });

    test('a pushed credential that is older than the kept one changes nothing', async () => {
      const push = (value: string, expiresAtMs: number, believedToMs = 3000) =>
        saveNewerToken(store().db, { ...buildToken('ticket', value, expiresAtMs), believedToMs });
      expect(await push('new', 2000)).toBe(true);
      expect(await push('old', 1999)).toBe(false);
      expect(await push('newer', 2001)).toBe(true);
      expect((await findToken(store().db, 'ticket'))?.value_sealed).toBe('newer');
    });

    test('a credential kept by a clock that was set back since gives way to the next push', async () => {
      const push = (value: string, expiresAtMs: number, believedToMs: number) =>
        saveNewerToken(store().db, { ...buildToken('ahead', value, expiresAtMs), believedToMs });
      expect(await push('from the future', 9000, 9500)).toBe(true);
      expect(await push('now', 2000, 9000)).toBe(false);
      expect(await push('now', 2000, 3000)).toBe(true);
      expect((await findToken(store().db, 'ahead'))?.value_sealed).toBe('now');
    });

    test('of twenty who ask for a lease at once one gets it, over two instances', async () => {
      const second = await other();
      const asks = Array.from({ length: 20 }, (_, index) =>
        leaseToken((index % 2 ? store() : second).db, { key: 'l', owner: `o${index}`, nowMs: 1000, untilMs: 2000 }),
      );
      expect((await Promise.all(asks)).filter(Boolean)).toHaveLength(1);
      await second.close();
    });

    test('a lease ends by its owner giving it back, or by its time; never by somebody else', async () => {
      const ask = (owner: string, nowMs: number) =>
        leaseToken(store().db, { key: 'l', owner, nowMs, untilMs: nowMs + 1000 });
      expect(await ask('a', 1000)).toBe(true);
      await releaseToken(store().db, { key: 'l', owner: 'b' });
      expect(await ask('b', 1999)).toBe(false);
      expect(await ask('b', 2000)).toBe(true);
      await releaseToken(store().db, { key: 'l', owner: 'b' });
      expect(await ask('c', 2001)).toBe(true);
    });

    test('a token saved under a lease keeps the lease', async () => {
      await leaseToken(store().db, { key: 'l', owner: 'a', nowMs: 1000, untilMs: 2000 });
      await saveToken(store().db, buildToken('l'));
      expect(await findToken(store().db, 'l')).toMatchObject({ lease_owner: 'a', value_sealed: 'sealed' });
    });
  });
}
