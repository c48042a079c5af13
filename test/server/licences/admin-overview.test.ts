import { readOverview, readWholeOverview } from '../../../server/licences/admin-overview';
import { CORP } from '../../support/licence-wecom';
import { NOW_MS, startLicenceRig, type LicenceRig } from '../../support/licence-rig';
import { waitFor } from '../../support/wait-for';

const LIST = 'list_actived_account';
const expireSeconds = NOW_MS / 1000 + 100 * 86_400;

let rig: LicenceRig;
let answer: () => void;
beforeEach(async () => {
  rig = await startLicenceRig({ seats: { alice: [{ type: 1, active_code: 'c1', expire_time: expireSeconds }] } });
  rig.script.holds = { [LIST]: new Promise((resolve) => (answer = resolve)) };
});
afterEach(async () => {
  answer();
  await rig.stop();
});

test('a corp that takes longer to read than a page may wait, and longer than it counts as fresh, is read once by a job', async () => {
  const whole = readWholeOverview(rig.deps, CORP);
  await waitFor('the listing', () => rig.asked(LIST) === 1);
  const page = await readOverview(rig.deps, CORP, false);
  expect(page).toMatchObject({ complete: false, seats: [] });
  rig.clock.advance(61_000);
  answer();
  expect(await whole).toMatchObject({ complete: true, seats: [{ user_id: 'alice' }] });
  expect(rig.asked(LIST)).toBe(1);
});

test('a job is told when WeCom is silent or refuses, and an answer in time serves the page too', async () => {
  answer();
  rig.script.faults[LIST] = 40013;
  await expect(readWholeOverview(rig.deps, CORP)).rejects.toMatchObject({ errcode: 40013 });
  rig.script.faults = {};
  rig.clock.advance(61_000);
  expect(await readOverview(rig.deps, CORP, true)).toMatchObject({ complete: true, seats: [{ user_id: 'alice' }] });
});
