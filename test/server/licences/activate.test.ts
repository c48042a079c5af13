import { activateByHand } from '../../../server/licences/activate-by-hand';
import { onAutoActivate } from '../../../server/licences/apply-event';
import { judgeVisit } from '../../../server/licences/gate';
import { licenceWorkEnds } from '../../../server/licences/process-memory';
import { listActivations } from '../../../server/store/activations';
import { waitFor } from '../../support/wait-for';
import {
  base,
  bindNext,
  freeCodes,
  NOW_MS,
  startLicenceRig,
  visitor,
  type LicenceRig,
} from '../../support/licence-rig';
import { CORP, type LicenceScript } from '../../support/licence-wecom';

let rig: LicenceRig;

async function start(over: Partial<LicenceScript> = {}, env: Record<string, string> = {}): Promise<LicenceRig> {
  rig = await startLicenceRig({ ...freeCodes(3), ...over }, env);
  if (!over.activate) rig.script.activate = (userId) => bindNext(rig.script, userId);
  return rig;
}

afterEach(() => rig.stop());

describe('activating', () => {
  test('a scanned code ends in a seat without a waiting screen when WeCom is quick', async () => {
    const { asked, deps } = await start();
    expect((await judgeVisit(deps, visitor('bob'), base)).verdict).toMatchObject({
      outcome: 'allow',
      reason: 'seat_valid',
    });
    expect(asked('active_account_by_type')).toBe(1);
  });

  test('forty visits on two instances make one call', async () => {
    const { asked, deps, other } = await start();
    const visits = Array.from({ length: 40 }, (_, index) => judgeVisit(index % 2 ? deps : other, visitor('bob'), base));
    const reasons = new Set((await Promise.all(visits)).map(({ verdict }) => verdict.reason));
    expect([...reasons].every((reason) => reason === 'seat_valid' || reason === 'activating')).toBe(true);
    await Promise.all([licenceWorkEnds(deps), licenceWorkEnds(other)]);
    expect(asked('active_account_by_type')).toBe(1);
    expect((await judgeVisit(other, visitor('bob'), { ...base, force: true })).verdict.reason).toBe('seat_valid');
    expect(asked('active_account_by_type')).toBe(1);
  });

  test('two members get one seat each', async () => {
    const { asked, deps } = await start();
    await Promise.all(['bob', 'carol'].map((userId) => judgeVisit(deps, visitor(userId), base)));
    await licenceWorkEnds(deps);
    expect(asked('active_account_by_type')).toBe(2);
  });

  test('from the workbench WeCom is given time to do it, and its callback ends the waiting', async () => {
    const { asked, deps, script } = await start();
    const visit = visitor('bob', { entry: 'workbench' });
    expect((await judgeVisit(deps, visit, base)).verdict).toMatchObject({ outcome: 'wait', reason: 'activating' });
    bindNext(script, 'bob');
    await onAutoActivate(deps, {
      corpId: CORP,
      atMs: NOW_MS,
      accounts: [{ userId: 'bob', activeCode: 'code-0', accountType: 'base', expiresAtMs: NOW_MS + 372 * 86_400_000 }],
    });
    expect((await judgeVisit(deps, visit, base)).verdict.reason).toBe('seat_valid');
    await licenceWorkEnds(deps);
    expect(asked('active_account_by_type')).toBe(0);
  });

  test('from the workbench the server does it when WeCom has not', async () => {
    const { asked, deps } = await start();
    await judgeVisit(deps, visitor('bob', { entry: 'workbench' }), base);
    await licenceWorkEnds(deps);
    expect(asked('active_account_by_type')).toBe(1);
    expect((await judgeVisit(deps, visitor('bob', { entry: 'workbench' }), base)).verdict.reason).toBe('seat_valid');
  });

  test('when only the platform activates, a scanned code shows the way to the workbench and calls nothing', async () => {
    const { asked, deps } = await start({}, { ACTIVATION: 'platform' });
    expect((await judgeVisit(deps, visitor('bob'), base)).verdict.reason).toBe('open_from_workbench');
    const visit = visitor('bob', { entry: 'workbench' });
    expect((await judgeVisit(deps, visit, base)).verdict.reason).toBe('activating');
    bindNext(rig.script, 'bob');
    await licenceWorkEnds(deps);
    expect((await judgeVisit(deps, visit, base)).verdict.reason).toBe('seat_valid');
    expect(asked('active_account_by_type')).toBe(0);
  });

  test('with auto-activation off nothing is activated, unless an administrator says so', async () => {
    const { asked, deps } = await start({ auto: { auto_active_status: 0 } });
    expect((await judgeVisit(deps, visitor('bob'), base)).verdict.reason).toBe('activation_off');
    expect(asked('active_account_by_type')).toBe(0);
    expect(await activateByHand(deps, CORP, 'bob')).toEqual({ state: 'done', message: null });
    expect((await judgeVisit(deps, visitor('bob'), base)).verdict.reason).toBe('seat_valid');
    expect(await activateByHand(deps, CORP, 'bob')).toEqual({ state: 'done', message: null });
    expect(asked('active_account_by_type')).toBe(1);
  });

  test('by hand without a free account says so', async () => {
    const { deps } = await start({ orders: [], codes: {} });
    expect(await activateByHand(deps, CORP, 'bob')).toEqual({ state: 'failed', message: 'no_account' });
  });
});

describe('an activation that does not succeed', () => {
  test('is told in plain words, tried again after half a minute, and at once when asked', async () => {
    const { asked, clock, deps, script } = await start({ activate: () => ({ errcode: 701030, errmsg: 'no prose' }) });
    const failed = await judgeVisit(deps, visitor('bob'), base);
    expect(failed.verdict).toMatchObject({ outcome: 'block', reason: 'activation_failed' });
    expect(failed.facts.activation?.message).toBe('too_long');
    clock.advance(11_000);
    expect((await judgeVisit(deps, visitor('bob'), base)).verdict.reason).toBe('activation_failed');
    expect(asked('active_account_by_type')).toBe(1);
    script.activate = (userId) => bindNext(script, userId);
    expect((await judgeVisit(deps, visitor('bob'), { ...base, force: true })).verdict.reason).toBe('seat_valid');
    expect(asked('active_account_by_type')).toBe(2);
  });

  test('is tried again by the next visit half a minute later', async () => {
    const { clock, deps, script } = await start({ activate: () => ({ errcode: 701081 }) });
    expect((await judgeVisit(deps, visitor('bob'), base)).verdict.reason).toBe('activation_failed');
    script.activate = (userId) => bindNext(script, userId);
    clock.advance(30_000);
    expect((await judgeVisit(deps, visitor('bob'), base)).verdict.reason).toBe('seat_valid');
  });

  test('because the member cannot see the app shows as that, and heals by itself', async () => {
    const { clock, deps, script } = await start({ activate: () => ({ errcode: 701088 }) });
    expect((await judgeVisit(deps, visitor('bob'), base)).verdict.reason).toBe('out_of_range');
    script.activate = (userId) => bindNext(script, userId);
    clock.advance(61_000);
    expect((await judgeVisit(deps, visitor('bob'), base)).verdict.reason).toBe('seat_valid');
  });

  test('because the last account was taken meanwhile shows as none free', async () => {
    const { clock, deps, script } = await start({ ...freeCodes(1) });
    script.activate = () => {
      bindNext(script, 'somebody-quicker');
      return { errcode: 701021 };
    };
    await judgeVisit(deps, visitor('bob'), base);
    clock.advance(2_000);
    expect((await judgeVisit(deps, visitor('bob'), base)).verdict.reason).toBe('no_free_seat');
  });

  test('although WeCom itself was quicker counts as success', async () => {
    const { asked, deps, script } = await start();
    script.activate = (userId) => {
      bindNext(script, userId);
      return { errcode: 701011 };
    };
    expect((await judgeVisit(deps, visitor('bob'), base)).verdict.reason).toBe('seat_valid');
    expect(asked('active_account_by_type')).toBe(1);
  });

  test('a process that died with an attempt does not block the next one for longer than its time', async () => {
    const { clock, deps } = await start();
    await deps.store.db
      .insertInto('activations')
      .values({
        corp_id: CORP,
        user_id: 'bob',
        type: 1,
        attempt_id: 'of-the-dead',
        mode: 'server',
        state: 'running',
        started_at_ms: NOW_MS,
        ended_at_ms: null,
        errcode: null,
        message: null,
      })
      .execute();
    expect((await judgeVisit(deps, visitor('bob'), base)).verdict.reason).toBe('activating');
    clock.advance(15_000);
    expect((await judgeVisit(deps, visitor('bob'), base)).verdict.reason).toBe('activation_failed');
    clock.advance(15_000);
    expect((await judgeVisit(deps, visitor('bob'), base)).verdict.reason).toBe('seat_valid');
    await waitFor(
      'the end on record',
      async () => (await listActivations(deps.store.db, CORP, 'bob'))[0]?.state === 'done',
    );
  });
});
