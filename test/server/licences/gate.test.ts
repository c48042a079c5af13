import { judgeVisit } from '../../../server/licences/gate';
import { licenceWorkEnds } from '../../../server/licences/process-memory';
import { findMember } from '../../../server/store/members';
import {
  base,
  bindNext,
  DAY_MS,
  freeCodes,
  NOW_MS,
  startLicenceRig,
  visitor,
  type LicenceRig,
} from '../../support/licence-rig';
import { CORP, type LicenceScript } from '../../support/licence-wecom';

let rig: LicenceRig;

async function start(over: Partial<LicenceScript> = {}, env: Record<string, string> = {}): Promise<LicenceRig> {
  rig = await startLicenceRig(over, env);
  return rig;
}

afterEach(() => rig.stop());

describe('judging a visit', () => {
  test('the facts are read from WeCom once and given again from the record while fresh', async () => {
    const { asked, clock, deps } = await start({
      seats: { alice: [{ type: 1, expire_time: NOW_MS / 1000 + 100 * 86_400 }] },
    });
    const first = await judgeVisit(deps, visitor('alice'), base);
    expect(first.verdict).toMatchObject({ outcome: 'allow', reason: 'seat_valid', untilMs: NOW_MS + 100 * DAY_MS });
    clock.advance(299_000);
    expect((await judgeVisit(deps, visitor('alice'), base)).verdict.reason).toBe('seat_valid');
    expect(asked('get_active_info_by_user')).toBe(1);
    clock.advance(2_000);
    await judgeVisit(deps, visitor('alice'), base);
    expect(asked('get_active_info_by_user')).toBe(2);
  });

  test('a grant reads no ledger; a refusal does', async () => {
    const { asked, deps, script } = await start({
      seats: { alice: [{ type: 1, expire_time: NOW_MS / 1000 + 86_400 * 100 }] },
    });
    await judgeVisit(deps, visitor('alice'), base);
    expect([asked('list_order'), asked('get_auto_active_status')]).toEqual([0, 0]);
    // A seat without an order on record was bought all the same.
    expect((await judgeVisit(deps, visitor('bob'), base)).verdict.reason).toBe('no_free_seat');
    expect(asked('list_order')).toBe(1);
    expect(script.orders).toEqual([]);
  });

  test('the past orders of a corp are searched once it has paid, and not before', async () => {
    const { asked, clock, deps, script } = await start();
    await judgeVisit(deps, visitor('bob'), base);
    expect(asked('list_order')).toBe(1);
    script.auto = { auto_active_status: 0 };
    for (let visits = 0; visits < 2; visits += 1) {
      clock.advance(60_000);
      await judgeVisit(deps, visitor('bob'), base);
    }
    // The year in which accounts of an order may still be free.
    expect(asked('list_order')).toBeGreaterThanOrEqual(13);
  });

  test('a record that refuses is asked again after ten seconds, so that a purchase shows', async () => {
    const { asked, clock, deps, script } = await start();
    expect((await judgeVisit(deps, visitor('bob'), base)).verdict.reason).toBe('trial_over');
    Object.assign(script, freeCodes(1), { activate: (userId: string) => bindNext(script, userId) });
    clock.advance(5_000);
    expect((await judgeVisit(deps, visitor('bob'), base)).verdict.reason).toBe('trial_over');
    clock.advance(6_000);
    expect((await judgeVisit(deps, visitor('bob'), base)).verdict.reason).toBe('seat_valid');
    expect(asked('active_account_by_type')).toBe(1);
  });

  test('a hundred visits of one member at once ask WeCom once', async () => {
    const { asked, deps } = await start();
    const verdicts = await Promise.all(Array.from({ length: 100 }, () => judgeVisit(deps, visitor('bob'), base)));
    expect(new Set(verdicts.map(({ verdict }) => verdict.reason))).toEqual(new Set(['trial_over']));
    expect(asked('get_active_info_by_user')).toBe(1);
    expect(asked('get_app_license_info')).toBe(1);
  });

  test('a corp without the app is refused without a question to WeCom', async () => {
    const { deps, wecom } = await start();
    const { verdict } = await judgeVisit(deps, visitor('bob', { corpId: 'wpAnotherCorp' }), base);
    expect(verdict).toMatchObject({ outcome: 'block', reason: 'app_not_installed' });
    expect(wecom.heard).toEqual([]);
  });

  test('an outsider is let in as one, and nobody is not', async () => {
    const { deps } = await start();
    const outsider = visitor('x', { kind: 'outsider', corpId: null, userId: null });
    expect((await judgeVisit(deps, outsider, base)).verdict.reason).toBe('outsider_free');
    expect((await judgeVisit(deps, null, base)).verdict.outcome).toBe('block');
  });

  test('letting in is remembered, at most once a minute, and never by grace alone', async () => {
    const { clock, deps, script } = await start({
      seats: { alice: [{ type: 1, expire_time: NOW_MS / 1000 + 86_400 * 100 }] },
    });
    await judgeVisit(deps, visitor('alice'), base);
    const rememberedAt = async () => (await findMember(deps.store.db, CORP, 'alice'))?.last_allowed_at_ms;
    expect(await rememberedAt()).toBe(NOW_MS);
    clock.advance(30_000);
    await judgeVisit(deps, visitor('alice'), base);
    expect(await rememberedAt()).toBe(NOW_MS);
    clock.advance(31_000);
    await judgeVisit(deps, visitor('alice'), base);
    expect(await rememberedAt()).toBe(NOW_MS + 61_000);
    script.faults.get_active_info_by_user = 40066;
    script.faults.get_app_license_info = 40066;
    clock.advance(600_000);
    expect((await judgeVisit(deps, visitor('alice'), base)).verdict.reason).toBe('stale_facts');
    expect(await rememberedAt()).toBe(NOW_MS + 61_000);
  });
});

describe('when WeCom is silent', () => {
  test('a member whose trial ran is let in through the grace time, and not beyond it', async () => {
    const trial = {
      license_status: 1,
      trail_info: { start_time: NOW_MS / 1000 - 86_400, end_time: NOW_MS / 1000 + 89 * 86_400 },
    };
    const { clock, deps, script } = await start({ licence: trial });
    expect((await judgeVisit(deps, visitor('bob'), base)).verdict.reason).toBe('trial');
    script.faults.get_app_license_info = 40066;
    clock.advance(3_600_000);
    expect((await judgeVisit(deps, visitor('bob'), base)).verdict).toMatchObject({
      outcome: 'warn',
      reason: 'stale_facts',
    });
    clock.advance(24 * 3_600_000);
    expect((await judgeVisit(deps, visitor('bob'), base)).verdict).toMatchObject({
      outcome: 'block',
      reason: 'facts_unavailable',
    });
    delete script.faults.get_app_license_info;
    clock.advance(10_000);
    expect((await judgeVisit(deps, visitor('bob'), base)).verdict.reason).toBe('trial');
  });

  test('nobody is let in or refused on a guess before WeCom has ever answered', async () => {
    const { deps } = await start({ faults: { get_app_license_info: 40066, get_active_info_by_user: 40066 } });
    const { facts, verdict } = await judgeVisit(deps, visitor('bob'), base);
    expect(verdict.reason).toBe('facts_unavailable');
    expect(facts.confirmedAtMs).toBeNull();
  });

  test('a page waits no longer than its deadline, and the next one not at all', async () => {
    const { deps, wecom } = await start({ faults: { get_app_license_info: null } });
    const hasty = { ...base, deadlineMs: 300 };
    expect((await judgeVisit(deps, visitor('bob'), hasty)).verdict.reason).toBe('facts_unavailable');
    let isGivenUp = false;
    const ended = licenceWorkEnds(deps).then(() => (isGivenUp = true));
    // The call is given up after four seconds: were each of these to wait for it, it would be meanwhile.
    for (let nth = 0; nth < 15; nth += 1) await judgeVisit(deps, visitor(`colleague${nth}`), hasty);
    expect(isGivenUp).toBe(false);
    // The fake's end is the end of the call that hangs.
    await Promise.all([wecom.close(), ended]);
  });

  test('a source that a grant does not need may be silent', async () => {
    const trial = {
      license_status: 1,
      trail_info: { start_time: NOW_MS / 1000 - 86_400, end_time: NOW_MS / 1000 + 89 * 86_400 },
    };
    const { deps } = await start({ licence: trial, faults: { get_active_info_by_user: 40066 } });
    expect((await judgeVisit(deps, visitor('bob'), base)).verdict).toMatchObject({ outcome: 'allow', reason: 'trial' });
  });
});
