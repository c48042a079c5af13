import { refreshAuthorisation } from '../../../server/corps/refresh-authorisation';
import { openCorp } from '../../../server/corps/open-corp';
import { findCorp } from '../../../server/store/corps';
import { startCorpRig, type CorpRig } from '../../support/corp-rig';

let rig: CorpRig;
beforeEach(async () => {
  rig = await startCorpRig();
});
afterEach(() => rig.stop());

const create = (code: string, at: number) => rig.hear('create_auth', at, { AuthCode: code });
const cancel = (at: number) => rig.hear('cancel_auth', at);
const gone = () => rig.say({ errcode: 40084 });
const status = async () => (await findCorp(rig.deps.store.db, rig.corpId))?.status;

test('installed then removed, in order: removed', async () => {
  await create('a', 0);
  expect(await status()).toBe('installed');
  gone();
  await cancel(10);
  expect(await status()).toBe('removed');
});

test('installed and removed within one second: removed', async () => {
  await create('a', 0);
  gone();
  await cancel(0);
  expect(await status()).toBe('removed');
});

test('a removal that overtook its own installation wins over it', async () => {
  gone();
  await cancel(10);
  await create('a', 0);
  expect(await status()).toBe('removed');
  expect(await openCorp(rig.deps, rig.corpId)).toBeNull();
});

test('a late removal from before the present installation changes nothing', async () => {
  await create('b', 20);
  await cancel(10);
  expect(await status()).toBe('installed');
  expect((await openCorp(rig.deps, rig.corpId))?.permanentCode).toBe('of b');
  const records = await rig.deps.store.db.selectFrom('records').selectAll().execute();
  expect(records).toHaveLength(3);
});

test('an old removal notice is still right when WeCom says the app is gone', async () => {
  await create('b', 20);
  gone();
  await cancel(10);
  expect(await status()).toBe('removed');
});

test('each event twice, in any order, ends the same', async () => {
  await create('a', 0);
  await create('a', 0);
  expect(rig.wecom.count('/cgi-bin/service/v2/get_permanent_code')).toBe(1);
  gone();
  await cancel(10);
  await cancel(10);
  await create('a', 0);
  expect(await status()).toBe('removed');
  rig.say('installed');
  await create('b', 20);
  await cancel(10);
  expect(await status()).toBe('installed');
});

test('a new permanent code takes the place of the old one', async () => {
  await create('a', 0);
  await rig.hear('reset_permanent_code', 5, { AuthCode: 'c' });
  expect((await openCorp(rig.deps, rig.corpId))?.permanentCode).toBe('of c');
});

test('a change notice finds the app gone and removes the corp; a corp unknown here stays unknown', async () => {
  await create('a', 0);
  expect(await refreshAuthorisation(rig.deps, rig.corpId)).toBe(true);
  gone();
  expect(await refreshAuthorisation(rig.deps, rig.corpId)).toBe(false);
  expect(await status()).toBe('removed');
  expect(await refreshAuthorisation(rig.deps, 'wpUnknown')).toBe(false);
  expect(await findCorp(rig.deps.store.db, 'wpUnknown')).toBeNull();
});
