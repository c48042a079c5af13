import { ensureActivation, type ActivationOrder } from '../../../server/licences/activate';
import { RETRY_AFTER_MS } from '../../../server/licences/attempt-times';
import { becauseOf } from '../../../server/licences/cause';
import { bindNext, freeCodes, startLicenceRig, type LicenceRig } from '../../support/licence-rig';
import { CORP } from '../../support/licence-wecom';
import { waitFor } from '../../support/wait-for';

const order: ActivationOrder = {
  corpId: CORP,
  userId: 'bob',
  type: 'base',
  entryActivates: false,
  mode: 'server',
  force: false,
  cause: becauseOf('activation'),
};

let rig: LicenceRig;
beforeEach(async () => {
  rig = await startLicenceRig(freeCodes(3));
  rig.script.activate = (userId) => bindNext(rig.script, userId);
});
afterEach(() => rig.stop());

const calls = () => rig.asked('active_account_by_type');

/** Begins an attempt whose first look at the member's seats is answered only when the function returned is called. */
async function beginSlowly(): Promise<{ settled: Promise<void>; goOn: () => void }> {
  let goOn = (): void => {};
  rig.script.holds = { get_active_info_by_user: new Promise((resolve) => (goOn = resolve)) };
  const { settled } = await ensureActivation(rig.deps, order);
  const looks = () => rig.asked('get_active_info_by_user') > 0;
  await waitFor('the attempt to look for a seat', looks);
  delete rig.script.holds;
  return { settled, goOn };
}

/** Keeps WeCom from answering the call that uses up an account until the function returned is called. */
function holdCalls(): () => void {
  let answer = (): void => {};
  rig.script.holds = { active_account_by_type: new Promise((resolve) => (answer = resolve)) };
  return answer;
}

test('an attempt that was taken over while it looked for a seat makes no call beside the other', async () => {
  const slow = await beginSlowly();
  rig.clock.advance(RETRY_AFTER_MS.hung);
  const answer = holdCalls();
  const other = await ensureActivation(rig.other, order);
  await waitFor('the call', () => calls() === 1);
  slow.goOn();
  await slow.settled;
  expect(calls()).toBe(1);
  answer();
  await other.settled;
  expect(calls()).toBe(1);
  expect(rig.script.seats['bob']).toHaveLength(1);
});

test('an attempt that was slow and has not been taken over makes its call, and has all its time again for that', async () => {
  const slow = await beginSlowly();
  rig.clock.advance(RETRY_AFTER_MS.hung);
  const answer = holdCalls();
  slow.goOn();
  await waitFor('the call', () => calls() === 1);
  expect(await ensureActivation(rig.other, order)).toMatchObject({ begun: false });
  answer();
  await slow.settled;
  expect(calls()).toBe(1);
  expect(rig.script.seats['bob']).toHaveLength(1);
});
