import { authorize, open, phoneOf } from './rig/logins';
import { corpToken, startRig, type CorpView, type Rig } from './rig/sandbox-rig';

let rig: Rig;
let corp: CorpView;
beforeEach(async () => {
  rig = await startRig();
  corp = await rig.newCorp();
  await rig.buy(corp.corpId, { externalContact: 2, months: 12 });
});
afterEach(() => rig.close());

const user = (index: number) => corp.members[index]?.userId ?? '';
const rights = (on: boolean, userId?: string) =>
  rig.control('customer-contact', { corpId: corp.corpId, on, ...(userId && { userId }) });
const activate = async (type: number, index = 0) =>
  (await rig.licence('active_account_by_type', { corpid: corp.corpId, userid: user(index), type })).errcode;

test('without customer-contact rights no external-contact account is activated', async () => {
  await rights(false);
  expect(await activate(2)).toBe(701087);
  await rights(true);
  expect(await activate(2)).toBe(0);
});

test('nor for a member outside their range, nor by transfer', async () => {
  await rig.buy(corp.corpId, { base: 1, months: 12 });
  await rights(false, user(0));
  expect(await activate(2)).toBe(701089);
  expect(await activate(1)).toBe(0);
  expect(await activate(2, 1)).toBe(0);
  const transfer_list = [{ handover_userid: user(1), takeover_userid: user(0) }];
  const move = () => rig.licence('batch_transfer_license', { corpid: corp.corpId, transfer_list });
  expect((await move()).transfer_result).toMatchObject([{ errcode: 701089 }]);
  await rights(true, user(0));
  expect((await move()).transfer_result).toMatchObject([{ errcode: 0 }]);
});

test('who is outside the whole range is told so first', async () => {
  await rights(false, user(0));
  await rig.control('members', { corpId: corp.corpId, userId: user(0), action: 'hide' });
  expect(await activate(2)).toBe(701088);
});

test('auto-activation takes an external-contact code only for who may have one', async () => {
  await rig.control('auto-activation', { corpId: corp.corpId, on: true });
  await rig.advance('90d');
  const enter = async (index: number) => {
    const phone = await phoneOf(rig, corp.corpId, user(index));
    await open(rig, phone, 'workbench');
    await authorize(rig, phone);
    await rig.advance('0s');
    return (await rig.corpOf(corp.corpId)).members[index]?.seats.length;
  };
  await rights(false, user(0));
  expect([await enter(0), await enter(1)]).toEqual([0, 1]);
});

test('the app hears of changed rights, and reads them', async () => {
  const permissions = async () => {
    const query = { access_token: await corpToken(rig, corp) };
    return (await rig.wire('agent/get_permissions', query, {})).app_permissions;
  };
  expect(await permissions()).toContain('externalcontact:base:read');
  await rights(false);
  await rig.sandbox.callbacksSettled();
  expect(rig.app.of('change_auth')).toHaveLength(1);
  expect(await permissions()).not.toContain('externalcontact:base:read');
});
