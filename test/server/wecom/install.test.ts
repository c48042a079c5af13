import { CORP_REF, startScriptedClient, type ScriptedClient } from '../../support/wecom-client';

let client: ScriptedClient;
let answer: object = {};

beforeEach(async () => {
  client = await startScriptedClient(() => answer);
});
afterEach(() => client.close());

const fault = (fields: object) => expect.objectContaining(fields) as unknown as Error;

describe('administrators', () => {
  const asked = () => client.heard().map(({ body, path }) => [path.split('/').at(-1), body]);
  const corp = { ...CORP_REF, agentId: null };
  const list = (agent: object[]) => ({
    auth_corp_info: { corpid: CORP_REF.corpId },
    auth_info: { agent },
    admin: [{ userid: 'woA', auth_type: 1 }],
  });

  test('of an app whose agent is not known are asked for by the agent WeCom names', async () => {
    answer = list([{ agentid: 7 }]);
    expect(await client.wecom.getAdminList(corp)).toEqual([{ userId: 'woA', authType: 1 }]);
    expect(asked()).toEqual([
      ['get_auth_info', expect.anything()],
      ['get_admin_list', { auth_corpid: CORP_REF.corpId, agentid: 7 }],
    ]);
  });

  test('are not asked for where nobody names an agent', async () => {
    answer = list([]);
    await expect(client.wecom.getAdminList(corp)).rejects.toEqual(fault({ code: 'request.invalid' }));
    expect(asked().map(([name]) => name)).toEqual(['get_auth_info']);
  });

  test('of a known agent take one call', async () => {
    answer = list([]);
    await client.wecom.getAdminList(CORP_REF);
    expect(asked()).toEqual([['get_admin_list', { auth_corpid: CORP_REF.corpId, agentid: 1_000_002 }]]);
  });
});
