import { parseEvent } from '../../../server/callbacks/events';
import { dispatch } from '../../../server/callbacks/dispatch';
import { refreshAuthorisation } from '../../../server/corps/refresh-authorisation';
import { openCorp } from '../../../server/corps/open-corp';
import { findCorp } from '../../../server/store/corps';
import { settableClock, startApp, type TestApp } from '../../support/app';
import { startScriptedWecom, type Answer, type Heard, type ScriptedWecom } from '../../support/scripted-wecom';

const NOW_S = 1_767_225_600;
const CORP = 'wp1';

let app: TestApp;
let wecom: ScriptedWecom;
let authorised: boolean;

function answer({ body, path }: Heard): Answer {
  const authorisation = { auth_corp_info: { corpid: CORP, corp_name: '云杉' }, auth_info: { agent: [{ agentid: 1 }] } };
  if (path.endsWith('get_suite_token')) return { suite_access_token: 's', expires_in: 7200 };
  if (path.endsWith('get_permanent_code'))
    return { ...authorisation, permanent_code: `of ${(body as { auth_code: string }).auth_code}` };
  if (path.endsWith('get_auth_info')) return authorised ? authorisation : { errcode: 40084 };
  return { admin: [] };
}

beforeEach(async () => {
  authorised = true;
  wecom = await startScriptedWecom(answer);
  const clock = settableClock(NOW_S * 1000);
  app = await startApp({ env: { WECOM_API_ORIGIN: wecom.origin }, given: { clock } });
  await app.deps.tokens.saveSuiteTicket(app.deps.config.suite.id, 'tkt', NOW_S * 1000);
});
afterEach(async () => {
  await app.stop();
  await wecom.close();
});

const create = (code: string, at: number) =>
  dispatch(app.deps, parseEvent('create_auth', { SuiteId: 's', AuthCode: code, TimeStamp: String(NOW_S + at) }));
const cancel = (at: number) =>
  dispatch(app.deps, parseEvent('cancel_auth', { AuthCorpId: CORP, TimeStamp: String(NOW_S + at) }));
const status = async () => (await findCorp(app.deps.store.db, CORP))?.status;

test('installed then removed, in order: removed', async () => {
  await create('a', 0);
  expect(await status()).toBe('installed');
  await cancel(10);
  expect(await status()).toBe('removed');
});

test('installed and removed within one second: removed', async () => {
  await create('a', 0);
  await cancel(0);
  expect(await status()).toBe('removed');
});

test('a removal that overtook its own installation wins over it', async () => {
  await cancel(10);
  await create('a', 0);
  expect(await status()).toBe('removed');
  expect(await openCorp(app.deps, CORP)).toBeNull();
});

test('a late removal from before the present installation changes nothing', async () => {
  await create('b', 20);
  await cancel(10);
  expect(await status()).toBe('installed');
  expect((await openCorp(app.deps, CORP))?.permanentCode).toBe('of b');
  const records = await app.deps.store.db.selectFrom('records').selectAll().execute();
  expect(records).toHaveLength(3);
});

test('an old removal notice is still right when WeCom says the app is gone', async () => {
  await create('b', 20);
  authorised = false;
  await cancel(10);
  expect(await status()).toBe('removed');
});

test('each event twice, in any order, ends the same', async () => {
  await create('a', 0);
  await create('a', 0);
  expect(wecom.count('/cgi-bin/service/v2/get_permanent_code')).toBe(1);
  await cancel(10);
  await cancel(10);
  await create('b', 20);
  await cancel(10);
  expect(await status()).toBe('installed');
});

test('a new permanent code takes the place of the old one', async () => {
  await create('a', 0);
  const reset = { SuiteId: 's', AuthCode: 'c', TimeStamp: String(NOW_S + 5) };
  await dispatch(app.deps, parseEvent('reset_permanent_code', reset));
  expect((await openCorp(app.deps, CORP))?.permanentCode).toBe('of c');
});

test('a change notice finds the app gone and removes the corp; a corp unknown here stays unknown', async () => {
  await create('a', 0);
  expect(await refreshAuthorisation(app.deps, CORP)).toBe(true);
  authorised = false;
  expect(await refreshAuthorisation(app.deps, CORP)).toBe(false);
  expect(await status()).toBe('removed');
  expect(await refreshAuthorisation(app.deps, 'wpUnknown')).toBe(false);
  expect(await findCorp(app.deps.store.db, 'wpUnknown')).toBeNull();
});
