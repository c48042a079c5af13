import type { Answer } from '../../support/scripted-wecom';
import { startScriptedClient, type ScriptedClient } from '../../support/wecom-client';

let client: ScriptedClient;
let answer: Answer;
beforeEach(async () => {
  client = await startScriptedClient(() => answer);
});
afterEach(() => client.close());

test('WeCom’s reasons against a relief are told as they are, errcode 0 and all', async () => {
  answer = { errcode: 0, errmsg: 'ok', query_result: 0, unsatisfied_reason: [701_090, 701_096] };
  const refused = { supported: false, unmetReasons: [701_090, 701_096] };
  expect(await client.wecom.querySupportPolicy('wpA')).toEqual(refused);
  expect(client.heard()).toMatchObject([{ path: '/cgi-bin/license/support_policy_query', body: { corpid: 'wpA' } }]);
  answer = { errcode: 0, errmsg: 'ok', query_result: 1 };
  expect(await client.wecom.querySupportPolicy('wpA')).toEqual({ supported: true, unmetReasons: [] });
});

test('since the policy has ended the answer is a refusal that leaves nothing to order', async () => {
  answer = { errcode: 701_112, errmsg: 'x' };
  const words = { en: expect.stringContaining('nothing left') as string };
  await expect(client.wecom.querySupportPolicy('wpA')).rejects.toMatchObject({ code: 'licence.order_rules', words });
});
