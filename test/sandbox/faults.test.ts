import { corpToken, DAY_MS, startRig, THIRD_PARTY_SUITE, type CorpView, type Rig } from './rig/sandbox-rig';

let rig: Rig;
let corp: CorpView;
let provider: string;
beforeEach(async () => {
  rig = await startRig();
  corp = await rig.newCorp();
  await rig.sandbox.callbacksSettled();
  provider = await rig.providerToken();
});
afterEach(() => rig.close());

const SWITCH = '/cgi-bin/license/get_auto_active_status';
const order = (fault: object) => rig.control('faults', fault);
const fetchCall = (name: string, body: object) =>
  fetch(`${rig.sandbox.origin}/cgi-bin/license/${name}?provider_access_token=${provider}`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
const ask = (corpid = corp.corpId) => fetchCall('get_auto_active_status', { corpid });
const errcode = async (answer: Promise<Response>) => ((await (await answer).json()) as { errcode: number }).errcode;
/** What the call answers while nothing is wrong: never paid for. */
const FINE = 701071;

describe('on calls', () => {
  test('down, an errcode and half an answer strike as often as they were ordered', async () => {
    await order({ endpoint: SWITCH, kind: 'down', times: 1 });
    await order({ endpoint: SWITCH, kind: 'errcode', errcode: -1, times: 1 });
    await order({ endpoint: SWITCH, kind: 'malformed', times: 1 });
    expect((await ask()).status).toBe(503);
    expect(await errcode(ask())).toBe(-1);
    await expect((await ask()).json()).rejects.toThrow('JSON');
    expect(await errcode(ask())).toBe(FINE);
  });

  test.each(['reset', 'lost', 'half_body', 'timeout'])('%s breaks the connection once', async (kind) => {
    await order({ endpoint: SWITCH, kind, ms: 0, times: 1 });
    await expect(ask().then((answer) => answer.text())).rejects.toThrow();
    expect(await errcode(ask())).toBe(FINE);
  });

  test('a slow body arrives whole', async () => {
    await order({ endpoint: SWITCH, kind: 'slow_body', ms: 20 });
    expect(await errcode(ask())).toBe(FINE);
  });

  test('a lost answer had its effect, a reset call had none', async () => {
    const create = () =>
      fetchCall('create_new_order', {
        ...{ corpid: corp.corpId, buyer_userid: 'zhangsan' },
        account_count: { base_count: 1 },
        account_duration: { months: 12 },
      });
    await order({ endpoint: '/cgi-bin/license/create_new_order', kind: 'reset', times: 1 });
    await order({ endpoint: '/cgi-bin/license/create_new_order', kind: 'lost', times: 1 });
    await expect(create()).rejects.toThrow();
    expect(rig.sandbox.state.orders).toHaveLength(0);
    await expect(create()).rejects.toThrow();
    expect(rig.sandbox.state.orders).toHaveLength(1);
  });

  test('a lost token answers as an unknown one, and a new one is given', async () => {
    await order({ endpoint: '*', kind: 'token_lost', times: 1 });
    expect(await errcode(ask())).toBe(40014);
    const next = await rig.providerToken();
    expect(next).not.toBe(provider);
    provider = next;
    expect(await errcode(ask())).toBe(FINE);
  });

  test('every token can be ended at once', async () => {
    await rig.control('revoke-tokens', { kind: 'corp' });
    expect(await errcode(ask())).toBe(FINE);
    await rig.control('revoke-tokens');
    expect(await errcode(ask())).toBe(40014);
  });

  test('the tokens of one corp’s app, of its provider and of its suite are ended apart', async () => {
    const tokens = async () => [await corpToken(rig, corp), await rig.providerToken(), await rig.suiteToken()] as const;
    const revoke = async (kind?: string) => {
      const before = await tokens();
      await rig.control('revoke-tokens', { corpId: corp.corpId, ...(kind && { kind }) });
      const living = new Set(rig.sandbox.state.tokens.map(({ value }) => value));
      return before.map((token) => living.has(token));
    };
    expect(await revoke()).toEqual([false, true, true]);
    expect(await revoke('corp')).toEqual([false, true, true]);
    expect(await revoke('provider')).toEqual([true, false, true]);
    expect(await revoke('suite')).toEqual([true, true, false]);
  });

  test('an ordered errcode comes with a hint, as every refusal of WeCom’s', async () => {
    await order({ endpoint: SWITCH, kind: 'errcode', errcode: 60020 });
    const { errmsg } = (await (await ask()).json()) as { errmsg: string };
    expect(errmsg).toMatch(/, hint: \[\d+\], from ip: [\d.]+, more info at https:\/\/\S+\?e=60020$/);
  });

  test('a fault for one corp leaves the others alone', async () => {
    const other = await rig.newCorp();
    await order({ endpoint: '*', kind: 'errcode', errcode: 45009, corpId: other.corpId });
    expect(await errcode(ask())).toBe(FINE);
    expect(await errcode(ask(other.corpId))).toBe(45009);
  });

  test('a fault for one corp strikes also what names only its order, or the corp in the address', async () => {
    const { orderId } = await rig.control<{ orderId: string }>('orders', { corpId: corp.corpId, base: 1, months: 12 });
    await order({ endpoint: '/cgi-bin/license/get_order', kind: 'errcode', errcode: -1, corpId: corp.corpId });
    expect(await errcode(fetchCall('get_order', { order_id: orderId }))).toBe(-1);
    const custom = await rig.newCorp({ kind: 'custom' });
    await order({ endpoint: '/cgi-bin/gettoken', kind: 'errcode', errcode: -1, corpId: custom.corpId });
    const query = { corpid: custom.corpId, corpsecret: 'secret' };
    expect(await rig.wire('gettoken', query)).toMatchObject({ errcode: -1 });
  });

  test('nothing is ordered for an address where nothing is', async () => {
    const misspelt = { endpoint: '/cgi-bin/license/get_ordr', kind: 'down' };
    expect(await rig.refused('faults', misspelt)).toMatchObject({ status: 400 });
    expect(await rig.refused('faults', { ...misspelt, endpoint: '/cgi-bin/licence/*' })).toMatchObject({ status: 400 });
  });

  test('one is cleared by its id, all by true', async () => {
    const { faults } = await rig.control<{ faults: { id: string }[] }>('faults', {
      ...{ endpoint: SWITCH, kind: 'errcode', errcode: -1 },
    });
    await order({ endpoint: '*', kind: 'errcode', errcode: 45009 });
    await order({ clear: faults[0]?.id });
    expect(await errcode(ask())).toBe(45009);
    await order({ clear: true });
    expect(await errcode(ask())).toBe(FINE);
  });

  test('by share they strike the same calls for the same seed, and about as many as said', async () => {
    await order({ endpoint: SWITCH, kind: 'errcode', errcode: -1, share: 0.3 });
    const series = async (seed: number) => {
      await rig.control('seed', { seed });
      const seen: boolean[] = [];
      for (let count = 0; count < 100; count += 1) seen.push((await errcode(ask())) === -1);
      return seen;
    };
    const first = await series(7);
    expect(await series(7)).toEqual(first);
    expect(await series(8)).not.toEqual(first);
    const struck = first.filter(Boolean).length;
    expect(struck).toBeGreaterThan(15);
    expect(struck).toBeLessThan(45);
  });
});

test('with a skew the told clock is wrong, WeCom’s own is not', async () => {
  const right = rig.sandbox.clock.now();
  await rig.control('settings', { clockSkewMs: -90_000 });
  expect((await rig.fetchJson('/sandbox/clock')).body).toEqual({ now: right - 90_000 });
  expect(rig.sandbox.clock.now()).toBe(right - 90_000);
  await rig.buy(corp.corpId, { base: 1, months: 12 });
  await rig.sandbox.callbacksSettled();
  expect(rig.app.of('license_pay_success')[0]?.fields.TimeStamp).toBe(String(right / 1000));
});

describe('on callbacks', () => {
  const buy = () => rig.buy(corp.corpId, { base: 1, months: 12 });
  const paidOrders = async () => {
    await rig.sandbox.callbacksSettled();
    return rig.app.of('license_pay_success').map(({ fields }) => fields.OrderId);
  };

  test('a dropped one never comes, the next does', async () => {
    await order({ callback: 'license_pay_success', kind: 'drop', times: 1 });
    await buy();
    const second = await buy();
    expect(await paidOrders()).toEqual([second]);
    expect(rig.sandbox.state.callbacks.filter((record) => record.state === 'dropped')).toHaveLength(1);
  });

  test('a duplicate comes twice, encrypted anew', async () => {
    await order({ callback: 'license_pay_success', kind: 'duplicate', times: 1 });
    const id = await buy();
    expect(await paidOrders()).toEqual([id, id]);
  });

  test('a delayed one comes when its time has come, with the time of its cause', async () => {
    const at = rig.sandbox.clock.now();
    await order({ callback: '*', kind: 'delay', ms: 3 * DAY_MS, times: 1 });
    const id = await buy();
    await rig.advance('71h');
    expect(await paidOrders()).toEqual([]);
    await rig.advance('1h');
    expect(await paidOrders()).toEqual([id]);
    expect(rig.app.of('license_pay_success')[0]?.fields.TimeStamp).toBe(String(at / 1000));
  });

  test('a reordered one comes behind the next of its corp, or alone after a while', async () => {
    const other = await rig.newCorp();
    await order({ callback: '*', kind: 'reorder', corpId: corp.corpId, times: 1 });
    const first = await buy();
    const elsewhere = await rig.buy(other.corpId, { base: 1, months: 12 });
    expect(await paidOrders()).toEqual([elsewhere]);
    const second = await buy();
    expect((await paidOrders()).slice(1)).toEqual([second, first]);
    await order({ callback: '*', kind: 'reorder', times: 1 });
    const third = await buy();
    expect((await paidOrders()).slice(3)).toEqual([]);
    await rig.advance('5s');
    expect((await paidOrders()).slice(3)).toEqual([third]);
  });

  test('as long as the fault stands every second one is overtaken', async () => {
    await order({ callback: '*', kind: 'reorder' });
    const ids = [await buy(), await buy(), await buy(), await buy()];
    expect(await paidOrders()).toEqual([ids[1], ids[0], ids[3], ids[2]]);
  });

  test('a snapshot keeps what is held back', async () => {
    await order({ callback: '*', kind: 'delay', ms: DAY_MS, times: 1 });
    const id = await buy();
    await rig.control('snapshot');
    await rig.advance('1d');
    await rig.control('restore');
    await rig.advance('1d');
    expect(await paidOrders()).toEqual([id, id]);
  });

  test('suite tickets can be lost', async () => {
    await order({ callback: 'suite_ticket', kind: 'drop', times: 1 });
    const before = rig.app.of('suite_ticket').length;
    await rig.control('suite-ticket', { suiteId: THIRD_PARTY_SUITE.suiteId });
    await rig.sandbox.callbacksSettled();
    expect(rig.app.of('suite_ticket')).toHaveLength(before);
    await rig.control('suite-ticket', { suiteId: THIRD_PARTY_SUITE.suiteId });
    await rig.sandbox.callbacksSettled();
    expect(rig.app.of('suite_ticket')).toHaveLength(before + 1);
  });
});
