import { DAY_MS, startRig, START_MS, type CorpView, type Rig } from './rig/sandbox-rig';

let rig: Rig;
let corp: CorpView;
beforeEach(async () => {
  rig = await startRig();
  corp = await rig.newCorp();
});
afterEach(() => rig.close());

const info = (suite_id = corp.suiteId) => rig.licence('get_app_license_info', { corpid: corp.corpId, suite_id });

test('the trial is 90 days from the first installation and checking begins at its end', async () => {
  const end = (START_MS + 90 * DAY_MS) / 1000;
  expect(await info()).toMatchObject({
    ...{ errcode: 0, license_status: 1, license_check_time: end },
    trail_info: { start_time: START_MS / 1000, end_time: end },
  });
});

test('a corp that is not checked has no trial to tell of', async () => {
  await rig.control('checking', { corpId: corp.corpId, status: 0 });
  expect(await info()).toEqual({ errcode: 0, errmsg: 'ok', license_status: 0 });
});

test('checking may be set for a moment of its own', async () => {
  const checkAt = START_MS + 200 * DAY_MS;
  await rig.control('checking', { corpId: corp.corpId, trial: false, checkAt });
  expect(await info()).toEqual({ errcode: 0, errmsg: 'ok', license_status: 1, license_check_time: checkAt / 1000 });
});

test('the app must be installed and the suite the own one', async () => {
  expect((await info('dksandboxtmpl0001')).errcode).toBe(40083);
  await rig.control('uninstall', { corpId: corp.corpId });
  expect((await info()).errcode).toBe(701015);
});

test('the switch needs a purchase, and a value of 0 or 1', async () => {
  const set = (auto_active_status: unknown) =>
    rig.licence('set_auto_active_status', { corpid: corp.corpId, auto_active_status });
  const get = () => rig.licence('get_auto_active_status', { corpid: corp.corpId });
  expect([(await set(1)).errcode, (await get()).errcode]).toEqual([701071, 701071]);
  await rig.buy(corp.corpId, { base: 1, months: 12 });
  expect(await get()).toMatchObject({ errcode: 0, auto_active_status: 0 });
  expect((await set(2)).errcode).toBe(701070);
  expect((await set('1')).errcode).toBe(701070);
  expect((await set(1)).errcode).toBe(0);
  expect(await get()).toMatchObject({ auto_active_status: 1 });
});
