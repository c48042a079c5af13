import { codeOf, identity, phoneOf } from './rig/logins';
import { corpToken, permanentCodeOf, startRig, type CorpView, type Rig } from './rig/sandbox-rig';

let rig: Rig;
let a: CorpView;
let b: CorpView;
beforeAll(async () => {
  rig = await startRig();
  a = await rig.newCorp();
  b = await rig.newCorp();
  await rig.buy(a.corpId, { base: 2, months: 12 });
  await rig.control('seats', { corpId: a.corpId, userId: a.members[0]?.userId });
});
afterAll(() => rig.close());

test('a permanent code opens its own corp only', async () => {
  const suite_access_token = await rig.suiteToken();
  const ask = (auth_corpid: string) =>
    rig.wire(
      'service/get_auth_info',
      { suite_access_token },
      { auth_corpid, permanent_code: permanentCodeOf(rig, a.corpId) },
    );
  expect((await ask(a.corpId)).errcode).toBe(0);
  expect((await ask(b.corpId)).errcode).toBe(40084);
});

test('a corp token lists its own administrators only', async () => {
  const ask = async (corp: CorpView) => rig.wire('agent/get_admin_list', { access_token: await corpToken(rig, corp) });
  expect(await ask(a)).toMatchObject({ admin: [{ userid: a.members[1]?.userId }] });
  expect(await ask(b)).toMatchObject({ admin: [{ userid: b.members[1]?.userId }] });
});

test('a login is of the own corp', async () => {
  const ids = [];
  for (const corp of [a, b]) {
    const phone = await phoneOf(rig, corp.corpId, corp.members[0]?.userId ?? '');
    ids.push((await identity(rig, await codeOf(rig, phone))).corpid);
  }
  expect(ids).toEqual([a.corpId, b.corpId]);
});

test('seats, orders, codes and switches are the own ones', async () => {
  const ask = (corp: CorpView, name: string, more: object = {}) => rig.licence(name, { corpid: corp.corpId, ...more });
  expect((await ask(a, 'list_actived_account')).account_list).toHaveLength(1);
  expect((await ask(b, 'list_actived_account')).account_list).toHaveLength(0);
  expect((await ask(a, 'list_order')).order_list).toHaveLength(1);
  expect((await ask(b, 'list_order')).order_list).toHaveLength(0);
  expect((await ask(a, 'get_auto_active_status')).errcode).toBe(0);
  expect((await ask(b, 'get_auto_active_status')).errcode).toBe(701071);
  const free = rig.sandbox.state.codes.find((code) => code.userId === null)?.code;
  expect((await ask(b, 'active_account', { active_code: free, userid: b.members[0]?.userId })).errcode).toBe(701021);
  expect((await ask(a, 'active_account', { active_code: free, userid: b.members[0]?.userId })).errcode).toBe(701019);
  expect((await ask(a, 'active_account', { active_code: free, userid: a.members[1]?.userId })).errcode).toBe(0);
});
