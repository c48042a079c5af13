import { findToken, saveToken } from '../../../server/store/tokens';
import {
  claimCallbacks,
  countWaitingCallbacks,
  createInboxSettler,
  createInboxWriter,
  deleteSettledCallbacksBefore,
  postponeCallback,
  renewCallbackLease,
  settleCallback,
} from '../../../server/store/inbox';
import { replayCallback } from '../../../server/store/inbox-overview';
import { buildToken, buildCallback } from './build-rows';
import { systemClock } from '../../../server/clock';
import type { Place } from './engine';

export function describeInbox({ other, store }: Place): void {
  describe('inbox', () => {
    test('a callback kept twice, even in one commit, is there once', async () => {
      const keep = createInboxWriter(store());
      const one = buildCallback();
      await Promise.all([keep(one), keep(one), keep(buildCallback())]);
      await keep(one);
      expect(await countWaitingCallbacks(store().db)).toEqual({ count: 2, oldestAtMs: 1000 });
    });

    test('due callbacks go out once, oldest event first, until their lease ends', async () => {
      const keep = createInboxWriter(store());
      const [late, early, later] = [
        buildCallback({ event_at_ms: 20 }),
        buildCallback({ event_at_ms: 10 }),
        buildCallback({ received_at_ms: 9000 }),
      ];
      for (const one of [late, early, later]) await keep(one);
      const claim = (nowMs: number) => claimCallbacks(store(), { nowMs, leaseMs: 500, limit: 10 });
      expect((await claim(1000)).map((row) => row.event_key)).toEqual([early.event_key, late.event_key]);
      expect(await claim(1499)).toEqual([]);
      const again = await claim(1500);
      expect(again.map((row) => row.attempts)).toEqual([2, 2]);
    });

    test('two instances that claim at once never get the same callback', async () => {
      const keep = createInboxWriter(store());
      await Promise.all(Array.from({ length: 60 }, () => keep(buildCallback())));
      const second = await other();
      const claims = await Promise.all(
        Array.from({ length: 12 }, (_, index) =>
          claimCallbacks(index % 2 ? store() : second, { nowMs: 1000, leaseMs: 500, limit: 10 }),
        ),
      );
      const keys = claims.flat().map((row) => row.event_key);
      expect(new Set(keys).size).toBe(keys.length);
      await second.close();
    });

    test('callbacks of corps that are left out stay, with their turn; those of none come, before those of the others', async () => {
      const keep = createInboxWriter(store());
      const of = (corp_id: string | null, event_at_ms: number) => buildCallback({ corp_id, event_at_ms });
      const [busy, other, none] = [of('wp1', 1), of('wp2', 2), of(null, 3)];
      for (const one of [busy, other, none]) await keep(one);
      const claim = (exceptCorpIds: string[]) =>
        claimCallbacks(store(), { nowMs: 1000, leaseMs: 500, limit: 10, exceptCorpIds });
      expect((await claim(['wp1', 'wp3'])).map((row) => row.event_key)).toEqual([none.event_key, other.event_key]);
      expect(await claim([])).toMatchObject([{ event_key: busy.event_key, attempts: 1 }]);
    });

    test('a lease is made longer by who holds it, and by nobody once another has it or it is ended', async () => {
      const keep = createInboxWriter(store());
      const [one, two] = [buildCallback({ event_at_ms: 1 }), buildCallback({ event_at_ms: 2 })];
      await keep(one);
      await keep(two);
      const claim = (nowMs: number) => claimCallbacks(store(), { nowMs, leaseMs: 500, limit: 10 });
      const [first, second] = await claim(1000);
      expect(await renewCallbackLease(store().db, first ?? { ...one, lease_until_ms: 0 }, 2000)).toBe(true);
      expect((await claim(1500)).map((row) => row.event_key)).toEqual([two.event_key]);
      expect(await renewCallbackLease(store().db, second ?? { ...two, lease_until_ms: 0 }, 3000)).toBe(false);
      await settleCallback(store().db, one, { state: 'done', message: null });
      expect(await renewCallbackLease(store().db, { ...one, lease_until_ms: 2000 }, 3000)).toBe(false);
    });

    test('a postponed callback waits, a settled one stays known and is swept in time', async () => {
      const keep = createInboxWriter(store());
      const [one, two] = [buildCallback(), buildCallback()];
      await keep(one);
      await keep(two);
      await claimCallbacks(store(), { nowMs: 1000, leaseMs: 500, limit: 10 });
      await postponeCallback(store().db, one.event_key, { nextAttemptAtMs: 5000, message: 'wecom.timeout' });
      await settleCallback(store().db, two, { state: 'done', message: null });
      expect(await claimCallbacks(store(), { nowMs: 4999, leaseMs: 500, limit: 10 })).toEqual([]);
      const due = await claimCallbacks(store(), { nowMs: 5000, leaseMs: 500, limit: 10 });
      expect(due.map((row) => row.event_key)).toEqual([one.event_key]);
      await deleteSettledCallbacksBefore(store().db, 1001);
      const left = await store().db.selectFrom('inbox').select('event_key').execute();
      expect(left.map((row) => row.event_key)).toEqual([one.event_key]);
    });

    test('an equal callback after the first was handled is handled again: it may be a second change', async () => {
      const keep = createInboxWriter(store());
      const one = buildCallback();
      await keep(one);
      const claim = (nowMs: number) => claimCallbacks(store(), { nowMs, leaseMs: 500, limit: 10 });
      const [first] = await claim(1000);
      await settleCallback(store().db, first ?? one, { state: 'done', message: null });
      expect(await claim(2000)).toEqual([]);
      await keep({ ...one, received_at_ms: 2000 });
      expect(await claim(2000)).toMatchObject([{ event_key: one.event_key, attempts: 1 }]);
    });

    test('an equal callback while the first is being handled keeps it from being ended', async () => {
      const keep = createInboxWriter(store());
      const one = buildCallback();
      await keep(one);
      const claim = (nowMs: number) => claimCallbacks(store(), { nowMs, leaseMs: 500, limit: 10 });
      const [first] = await claim(1000);
      await keep(one);
      expect(await claim(1100)).toEqual([]);
      await settleCallback(store().db, first ?? one, { state: 'done', message: null });
      const [second] = await claim(1100);
      expect(second?.event_key).toBe(one.event_key);
      await settleCallback(store().db, second ?? one, { state: 'done', message: null });
      expect(await claim(3000)).toEqual([]);
    });

    test('callbacks that are ended together end each by itself: one that came again meanwhile is due once more', async () => {
      const keep = createInboxWriter(store());
      const settle = createInboxSettler(store());
      const all = Array.from({ length: 40 }, (_, index) => buildCallback({ event_at_ms: index }));
      await Promise.all(all.map(keep));
      const claimed = await claimCallbacks(store(), { nowMs: 1000, leaseMs: 500, limit: 40 });
      expect(claimed.map((row) => row.event_key)).toEqual(all.map((row) => row.event_key));
      const again = all[7] ?? buildCallback();
      await keep(again);
      await Promise.all(claimed.map(settle));
      const due = await claimCallbacks(store(), { nowMs: 1600, leaseMs: 500, limit: 40 });
      expect(due.map((row) => row.event_key)).toEqual([again.event_key]);
      expect(await countWaitingCallbacks(store().db)).toMatchObject({ count: 1 });
    });

    test('a callback given up stays given up, however often it is repeated', async () => {
      const keep = createInboxWriter(store());
      const one = buildCallback();
      await keep(one);
      const [first] = await claimCallbacks(store(), { nowMs: 1000, leaseMs: 500, limit: 10 });
      await settleCallback(store().db, first ?? one, { state: 'dead', message: 'internal' });
      await keep({ ...one, received_at_ms: 2000 });
      expect(await claimCallbacks(store(), { nowMs: 3000, leaseMs: 500, limit: 10 })).toEqual([]);
    });

    test('a callback replayed while it is being handled is handled once more, and one replayed later too', async () => {
      const keep = createInboxWriter(store());
      const one = buildCallback();
      await keep(one);
      const claim = (nowMs: number) => claimCallbacks(store(), { nowMs, leaseMs: 500, limit: 10 });
      for (const nowMs of [1000, 2000]) {
        const [held] = await claim(nowMs);
        expect(await replayCallback(store().db, one.event_key, nowMs)).toBe('replayed');
        await settleCallback(store().db, held ?? one, { state: 'done', message: null });
      }
      const [last] = await claim(3000);
      await createInboxSettler(store())(last ?? one);
      expect(await claim(4000)).toEqual([]);
      expect(await replayCallback(store().db, one.event_key, 4000)).toBe('replayed');
      expect(await claim(4000)).toMatchObject([{ event_key: one.event_key, attempts: 1 }]);
    });

    test('a callback whose words were deleted is not replayed, nor one that never came', async () => {
      const { db } = store();
      const one = buildCallback({ body_sealed: '' });
      await createInboxWriter(store())(one);
      await db.updateTable('inbox').set({ state: 'done' }).execute();
      expect(await replayCallback(db, one.event_key, 2000)).toBe('emptied');
      expect(await replayCallback(db, 'nothing', 2000)).toBe('unknown');
      expect(await countWaitingCallbacks(db)).toMatchObject({ count: 0 });
    });

    test('a point read takes no longer than a person notices, even while others write', async () => {
      await saveToken(store().db, buildToken('read'));
      const insert = createInboxWriter(store());
      const writes = Array.from({ length: 200 }, () => insert(buildCallback()));
      const startedAt = systemClock.now();
      await findToken(store().db, 'read');
      expect(systemClock.now() - startedAt).toBeLessThan(1000);
      await Promise.all(writes);
    });
  });
}
