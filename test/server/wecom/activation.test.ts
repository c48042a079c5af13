import type { z } from 'zod';
import type { WecomCall, WecomRequest } from '../../../server/wecom/request';
import { createWecom } from '../../../server/wecom/create-wecom';
import { inBackground } from '../../../server/wecom/client';
import type { TokenKeeper } from '../../../server/wecom/tokens';
import { settableClock } from '../../support/app';
import { startScriptedClient, type ScriptedClient } from '../../support/wecom-client';

const fault = (fields: object) => expect.objectContaining(fields) as unknown as Error;

let client: ScriptedClient;
let answer: object = {};

beforeEach(async () => {
  client = await startScriptedClient(() => answer);
});
afterEach(() => client.close());

const bindings = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ code: `LA${index}`, userId: `wo${index}` }));
const result = (code: string, errcode: number) => ({ active_code: code, userid: 'woA', errcode });

test('an answer without any field is not success, for whichever call; one that only lacks its errcode is', async () => {
  const calls = [
    () => client.wecom.activateCode('wpA', { code: 'LA0', userId: 'woA' }),
    () => client.wecom.activateByType('wpA', 'woA', 'base'),
    () => client.wecom.listActivatedAccounts('wpA', null),
  ];
  answer = {};
  for (const call of calls) await expect(call()).rejects.toEqual(fault({ code: 'wecom.malformed' }));
  answer = { errmsg: 'ok' };
  for (const call of calls) await call();
});

test('nobody’s and no code are not asked about: what names none is refused unsent', async () => {
  const calls = [
    (corpId: string, userId: string) => client.wecom.activateCode(corpId, { code: 'LA0', userId }),
    (corpId: string, userId: string) => client.wecom.activateByType(corpId, userId, 'base'),
    (corpId: string, userId: string) => client.wecom.getActiveInfoByUser(corpId, userId),
  ];
  answer = { errcode: 0 };
  const empty = fault({ code: 'request.invalid' });
  for (const call of calls)
    for (const [corpId, userId] of [['', 'woA'] as const, ['wpA', ''] as const])
      await expect(call(corpId, userId)).rejects.toEqual(empty);
  await expect(client.wecom.activateCode('wpA', { code: '', userId: 'woA' })).rejects.toEqual(empty);
  expect(client.heard()).toEqual([]);
  for (const call of calls) await call('wpA', 'woA');
  expect(client.heard()).toHaveLength(3);
});

test('a batch says of each binding how it went, whether some, none or all failed', async () => {
  answer = { errcode: 0, errmsg: 'ok', active_result: [result('LA0', 0), result('LA1', 701_082)] };
  expect(await client.wecom.activateCodes('wpA', bindings(2))).toEqual([
    { code: 'LA0', userId: 'woA', errcode: 0 },
    { code: 'LA1', userId: 'woA', errcode: 701_082 },
  ]);
  answer = { errcode: 701_024, errmsg: 'x', active_result: [result('LA0', 701_003)] };
  expect(await client.wecom.activateCodes('wpA', bindings(1))).toEqual([
    { code: 'LA0', userId: 'woA', errcode: 701_003 },
  ]);
});

test('a batch in which all failed without saying why is a fault, for every batch there is', async () => {
  answer = { errcode: 701_024, errmsg: 'x' };
  const share = { fromCorpId: 'wpUp', toCorpId: 'wpDown', codes: ['LA0'], link: 'upstream' } as const;
  const batches = [
    () => client.wecom.activateCodes('wpA', bindings(1)),
    () => client.wecom.transferLicences('wpA', [{ fromUserId: 'woA', toUserId: 'woB' }]),
    () => client.wecom.shareCodes(share),
  ];
  for (const batch of batches) await expect(batch()).rejects.toEqual(fault({ errcode: 701_024 }));
});

test('what changes something takes 1000 at once, is never split, and refuses 1001 or none unsent', async () => {
  answer = { errcode: 0, active_result: [], transfer_result: [], share_result: [] };
  await client.wecom.activateCodes('wpA', bindings(1000));
  expect(client.heard()).toHaveLength(1);
  for (const count of [0, 1001]) {
    const moves = bindings(count).map(({ code, userId }) => ({ fromUserId: code, toUserId: userId }));
    const codes = bindings(count).map(({ code }) => code);
    const share = { fromCorpId: 'wpUp', toCorpId: 'wpDown', codes, link: 'upstream' } as const;
    const refused = [
      () => client.wecom.activateCodes('wpA', bindings(count)),
      () => client.wecom.transferLicences('wpA', moves),
      () => client.wecom.shareCodes(share),
    ];
    for (const batch of refused) await expect(batch()).rejects.toEqual(fault({ code: 'request.invalid' }));
  }
  expect(client.heard()).toHaveLength(1);
});

test('2500 codes are read in three calls, none in none', async () => {
  answer = { errcode: 0, active_info_list: [{ active_code: 'LA1', type: 1, status: 1, create_time: 1 }] };
  const codes = bindings(2500).map(({ code }) => code);
  expect(await client.wecom.getCodes('wpA', codes)).toHaveLength(3);
  expect(client.heard()).toHaveLength(3);
  expect(await client.wecom.getCodes('wpA', [])).toEqual([]);
  expect(client.heard()).toHaveLength(3);
});

test('a shared code lists only what was refused', async () => {
  const share = { fromCorpId: 'wpUp', toCorpId: 'wpDown', codes: ['LA0', 'LA1'], link: 'upstream' } as const;
  answer = { errcode: 0, share_result: [{ active_code: 'LA1', errcode: 701_003, errmsg: 'x' }] };
  expect(await client.wecom.shareCodes(share)).toEqual({ refused: [{ code: 'LA1', errcode: 701_003 }] });
  answer = { errcode: 0 };
  expect(await client.wecom.shareCodes(share)).toEqual({ refused: [] });
});

test.each(['has-dash', 'a'.repeat(129), ''])('a template link refuses the state “%s” unsent', async (state) => {
  await expect(client.wecom.getTemplateLink(state)).rejects.toEqual(fault({ code: 'request.invalid' }));
  expect(client.heard()).toEqual([]);
});

test('calls of the background say so, however deep, and the others do not', async () => {
  const calls: (boolean | undefined)[] = [];
  const request: WecomRequest = <T>(call: WecomCall<T>) => {
    calls.push(call.background);
    return Promise.resolve((call.schema as z.ZodType<T>).parse({ balance: 1, auto_active_status: 1 }));
  };
  const tokens = { withProviderToken: <T>(call: (token: string) => Promise<T>) => call('token') } as TokenKeeper;
  const config = { suite: { id: 'ww1', secret: 'secret' } };
  const deps = { wecom: createWecom({ clock: settableClock(0), config, request, tokens }) };
  await deps.wecom.getBalanceFen();
  await inBackground(deps).wecom.getAutoActivation('wpA');
  await inBackground(inBackground(deps)).wecom.getBalanceFen();
  expect(calls).toEqual([undefined, true, true]);
});
