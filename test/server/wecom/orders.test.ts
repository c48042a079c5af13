import { startScriptedClient, type ScriptedClient } from '../../support/wecom-client';

const fault = (fields: object) => expect.objectContaining(fields) as unknown as Error;
const DAY_MS = 86_400_000;
const NOW_MS = 1_767_225_600_000;
/** The end of that day in Shanghai. */
const MIDNIGHT_MS = Date.parse('2026-01-02T00:00:00+08:00');

let client: ScriptedClient;
let answer: object = {};

beforeEach(async () => {
  answer = { errcode: 0, errmsg: 'ok', order_id: 'OI001', jobid: 'JOB' };
  client = await startScriptedClient(() => answer);
});
afterEach(() => client.close());

const bodies = () => client.heard().map(({ body }) => body as Record<string, unknown>);
const members = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ userId: `wo${index}`, type: 'base' as const }));
const WIRE_ORDER = { order_id: 'OI001', order_type: 1, order_status: 1, corpid: 'wpA' };
const order = { corpId: 'wpA', buyerUserId: 'zhangsan', baseCount: 1, externalContactCount: 0 };

describe('a purchase', () => {
  test.each<[string, object]>([
    ['of nothing', { baseCount: 0, months: 12 }],
    ['of 30 days', { days: 30 }],
    ['of 1861 days', { months: 60, days: 1 }],
    ['without a duration', {}],
    ['of more than a million accounts', { baseCount: 1_000_001, months: 12 }],
    ['of fewer than none', { externalContactCount: -1, months: 12 }],
    ['of a part of a month', { months: 1.5 }],
    ['without a buyer', { buyerUserId: '', months: 12 }],
  ])('%s is refused before anything is sent', async (_, change) => {
    await expect(client.wecom.createOrder({ ...order, ...change })).rejects.toEqual(fault({ code: 'request.invalid' }));
    expect(client.heard()).toEqual([]);
  });

  test.each([{ days: 31 }, { months: 60 }, { months: 1 }, { months: 12, baseCount: 1_000_000 }])(
    'of %p is sent',
    async (change) => {
      await client.wecom.createOrder({ ...order, ...change });
      expect(client.heard()).toHaveLength(1);
    },
  );

  test('whose app order could not be linked succeeds and says so', async () => {
    expect(await client.wecom.createOrder({ ...order, months: 1 })).toEqual({ orderId: 'OI001', appOrderLinked: true });
    answer = { errcode: 0, errmsg: 'WARNING: app order not linked', order_id: 'OI002' };
    expect(await client.wecom.createOrder({ ...order, months: 1 })).toEqual({
      orderId: 'OI002',
      appOrderLinked: false,
    });
  });
});

describe('a renewal', () => {
  test('of 2500 members goes in three calls into one job, and who was refused in any of them is told', async () => {
    answer = {
      jobid: 'JOB',
      invalid_account_list: [
        { errcode: 0, errmsg: 'ok', userid: 'wo1', type: 1 },
        { errcode: 701_004, errmsg: 'x', userid: 'wo2', type: 2 },
      ],
    };
    const job = await client.wecom.addToRenewalJob('wpA', members(2500), null);
    expect(bodies().map(({ account_list, jobid }) => [(account_list as []).length, jobid])).toEqual([
      [1000, undefined],
      [1000, 'JOB'],
      [500, 'JOB'],
    ]);
    const refused = { userId: 'wo2', type: 'external_contact', errcode: 701_004 };
    expect(job).toEqual({ jobId: 'JOB', refused: [refused, refused, refused] });
  });

  test.each([
    { months: 0 },
    { months: 61 },
    { expiresAtMs: NOW_MS },
    { expiresAtMs: NOW_MS - DAY_MS },
    { expiresAtMs: NOW_MS + 1000 },
    { expiresAtMs: MIDNIGHT_MS },
    { expiresAtMs: MIDNIGHT_MS + 999 },
    { expiresAtMs: NOW_MS + 1860 * DAY_MS + 1 },
  ])('by %p is refused before anything is sent', async (span) => {
    const submitting = client.wecom.submitRenewalJob('JOB', 'zhangsan', span);
    await expect(submitting).rejects.toEqual(fault({ code: 'request.invalid' }));
    expect(client.heard()).toEqual([]);
  });

  test('goes by months or to a moment in seconds', async () => {
    await client.wecom.submitRenewalJob('JOB', 'zhangsan', { months: 60 });
    await client.wecom.submitRenewalJob('JOB', 'zhangsan', { expiresAtMs: MIDNIGHT_MS + 1000 });
    await client.wecom.submitRenewalJob('JOB', 'zhangsan', { expiresAtMs: NOW_MS + 1860 * DAY_MS });
    expect(bodies().map(({ account_duration }) => account_duration)).toEqual([
      { months: 60 },
      { new_expire_time: MIDNIGHT_MS / 1000 + 1 },
      { new_expire_time: (NOW_MS + 1860 * DAY_MS) / 1000 },
    ]);
  });

  test('of nobody is refused', async () => {
    const empty = fault({ code: 'request.invalid' });
    await expect(client.wecom.addToRenewalJob('wpA', [], null)).rejects.toEqual(empty);
    const nameless = [...members(1), { userId: '', type: 'base' as const }];
    await expect(client.wecom.addToRenewalJob('wpA', nameless, null)).rejects.toEqual(empty);
    await expect(client.wecom.addToRenewalJob('', members(1), null)).rejects.toEqual(empty);
    expect(client.heard()).toEqual([]);
  });
});

describe('an order for several corps', () => {
  const purchase = (index: number) => ({
    corpId: `wp${index}`,
    baseCount: 1,
    externalContactCount: 0,
    months: 1,
    autoActivation: false,
  });

  test('goes ten corps a call into one job, and always says whether auto-activation is wanted', async () => {
    answer = { errcode: 0, jobid: 'JOB', invalid_list: [{ corpid: 'wp3', errcode: 701_121, errmsg: 'x' }] };
    const job = await client.wecom.addToMultiCorpJob(
      Array.from({ length: 23 }, (_, index) => purchase(index)),
      null,
    );
    expect(bodies().map(({ buy_list }) => (buy_list as []).length)).toEqual([10, 10, 3]);
    expect(bodies()[0]?.['buy_list']).toContainEqual(expect.objectContaining({ auto_active_status: 0 }));
    expect(job.refused).toContainEqual({ corpId: 'wp3', errcode: 701_121 });
  });

  test('with one impossible part is refused as a whole', async () => {
    const asked = client.wecom.addToMultiCorpJob([purchase(1), { ...purchase(2), months: 0 }], null);
    await expect(asked).rejects.toEqual(
      fault({ code: 'request.invalid', publicDetails: [{ path: 'purchases.1.months', problem: 'custom' }] }),
    );
    expect(client.heard()).toEqual([]);
  });

  const RESULTS: readonly [object, object][] = [
    [
      { status: 1, order_id: 'OI008' },
      { state: 'done', orderId: 'OI008' },
    ],
    [{ status: 2 }, { state: 'running' }],
    [
      { status: 3, fail_list: [{ corpid: 'wp1', errcode: 701_131, errmsg: 'x' }] },
      { state: 'failed', refused: [{ corpId: 'wp1', errcode: 701_131 }] },
    ],
    [{ status: 3 }, { state: 'failed', refused: [] }],
  ];
  test.each(RESULTS)('whose result is %j has come to %j', async (wire, result) => {
    answer = { errcode: 0, errmsg: 'ok', ...wire };
    expect(await client.wecom.getMultiCorpResult('JOB')).toEqual(result);
  });

  test.each([{ status: 4 }, { status: 1 }])('whose result is %j is not understood', async (wire) => {
    answer = { errcode: 0, errmsg: 'ok', ...wire };
    await expect(client.wecom.getMultiCorpResult('JOB')).rejects.toEqual(fault({ code: 'wecom.malformed' }));
  });
});

describe('a payment', () => {
  const corps = [{ corpid: 'wp1', errcode: 701_131, errmsg: 'x' }];
  const RESULTS: readonly [object, object][] = [
    [{ status: 1 }, { state: 'paid' }],
    [{ status: 2 }, { state: 'running' }],
    [
      { status: 3, pay_job_result: { errcode: 701_160, errmsg: 'x', fail_corp_list: corps } },
      { state: 'failed', errcode: 701_160, refused: [{ corpId: 'wp1', errcode: 701_131 }] },
    ],
    [{ status: 3 }, { state: 'failed', errcode: null, refused: [] }],
  ];
  test.each(RESULTS)('with errcode 0 and %j has come to %j', async (wire, result) => {
    answer = { errcode: 0, errmsg: 'ok', ...wire };
    expect(await client.wecom.getPaymentResult('PAY')).toEqual(result);
  });

  test('with a status nobody knows is not understood', async () => {
    answer = { errcode: 0, errmsg: 'ok', status: 9 };
    await expect(client.wecom.getPaymentResult('PAY')).rejects.toEqual(fault({ code: 'wecom.malformed' }));
  });
});

test('orders are listed for 31 days at once, not for more, and not backwards', async () => {
  answer = { order_list: [], has_more: 0, next_cursor: '' };
  await client.wecom.listOrders('wpA', NOW_MS - 31 * DAY_MS, NOW_MS, null);
  expect(client.heard()).toHaveLength(1);
  for (const fromMs of [NOW_MS - 31 * DAY_MS - 1, NOW_MS + 1]) {
    const listing = client.wecom.listOrders('wpA', fromMs, NOW_MS, null);
    await expect(listing).rejects.toEqual(fault({ code: 'request.invalid' }));
  }
});

test('a cursor that leads to itself ends a listing instead of going round in it', async () => {
  answer = {
    ...{ order_list: [], account_list: [], buy_list: [], has_more: 1, next_cursor: 'same' },
    order: { order_id: 'OI001', order_type: 8, order_status: 1 },
  };
  const listings: readonly ((cursor: string) => Promise<object>)[] = [
    (cursor) => client.wecom.listOrders('wpA', NOW_MS - DAY_MS, NOW_MS, cursor),
    (cursor) => client.wecom.listOrderCodes('OI001', cursor),
    (cursor) => client.wecom.listRenewedAccounts('OI001', cursor),
    (cursor) => client.wecom.listActivatedAccounts('wpA', cursor),
    (cursor) => client.wecom.skimActivatedAccounts('wpA', cursor),
    (cursor) => client.wecom.getMultiCorpOrder('OI001', cursor),
  ];
  for (const list of listings) {
    await expect(list('same')).rejects.toEqual(fault({ code: 'wecom.malformed' }));
    expect(JSON.stringify(await list('before'))).toContain('"nextCursor":"same"');
  }
});

describe('what names no order, job or person', () => {
  const CALLS: readonly [string, (id: string, person: string) => Promise<unknown>][] = [
    ['reading an order', (id) => client.wecom.getOrder(id)],
    ['cancelling one', (id) => client.wecom.cancelOrder(id, 'wpA')],
    ['cancelling one of several corps', (id) => client.wecom.cancelOrder(id, null)],
    ['cancelling one of a corp', (_id, corpId) => client.wecom.cancelOrder('OI001', corpId)],
    ['paying', (id, person) => client.wecom.payFromBalance(id, person)],
    ['renewing', (id, person) => client.wecom.submitRenewalJob(id, person, { months: 1 })],
    ['buying for several corps', (id, person) => client.wecom.submitMultiCorpJob(id, person)],
  ];
  test.each(CALLS)('is refused unsent: %s', async (_, call) => {
    await expect(call('', '')).rejects.toEqual(fault({ code: 'request.invalid' }));
    expect(client.heard()).toEqual([]);
    answer = { errcode: 0, errmsg: 'ok', order_id: 'OI001', jobid: 'JOB', order: WIRE_ORDER };
    await call('OI001', 'zhangsan');
    expect(client.heard()).toHaveLength(1);
  });
});
