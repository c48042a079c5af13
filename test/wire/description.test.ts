import { errcodesOf, judgeAnswer, judgeRequest, mismatches } from './judge';
import { GENERAL_ERRCODES, LICENCE_ERRCODES } from './description/errcodes';
import { UNDESCRIBED, WIRE } from './description/wire';

const KNOWN = new Set([...GENERAL_ERRCODES, ...LICENCE_ERRCODES].map(([errcode]) => errcode));
const named = WIRE.map((endpoint) => [endpoint.name, endpoint] as const);

test('every call is described once, and those without a shape not at all', () => {
  const names = WIRE.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => (UNDESCRIBED as readonly string[]).includes(name))).toEqual([]);
  expect(names.filter((name) => name.startsWith('license/'))).toHaveLength(26);
});

test.each(named)('%s: what is asked and answered by example is what the schemas say', (_, endpoint) => {
  const [ofQuery, ofBody] = endpoint.request ? [[], endpoint.asks] : [endpoint.asks, []];
  expect(endpoint.request === null || endpoint.asks.length > 0).toBe(true);
  expect(endpoint.answers.length).toBeGreaterThan(0);
  expect(ofQuery.flatMap((query) => mismatches(endpoint.query, query))).toEqual([]);
  expect(ofBody.flatMap((body) => mismatches(endpoint.request ?? {}, body))).toEqual([]);
  const answers = endpoint.answers.map(({ body }): unknown => JSON.parse(JSON.stringify(body)));
  expect(answers.flatMap((answer) => mismatches(endpoint.response, answer))).toEqual([]);
});

test.each(named)('%s: says where it is from, and names errcodes the reference knows', (_, endpoint) => {
  expect(endpoint.confidence.length).toBeGreaterThan(0);
  expect(errcodesOf(endpoint).filter((errcode) => !KNOWN.has(errcode))).toEqual([]);
});

test('a wrong method, a missing token, a stranger’s field and an impossible value are all seen', () => {
  const call = { path: '/cgi-bin/license/get_order', query: { provider_access_token: 't' }, body: { order_id: 'OI1' } };
  expect(judgeRequest({ method: 'POST', ...call })).toEqual([]);
  expect(judgeRequest({ method: 'GET', ...call })).toEqual(['license/get_order: method GET, not POST']);
  expect(judgeRequest({ method: 'POST', ...call, query: {} })).toHaveLength(1);
  expect(judgeRequest({ method: 'POST', ...call, query: { ...call.query, more: '1' } })).toHaveLength(1);
  expect(judgeRequest({ method: 'POST', ...call, body: { order_id: 7 } })).toHaveLength(1);
  expect(judgeRequest({ method: 'POST', ...call, path: '/cgi-bin/license/list_union_order' })).toHaveLength(1);
});

test('a success with a stranger’s field and a refusal with a stranger’s errcode are seen', () => {
  const path = '/cgi-bin/license/set_auto_active_status';
  expect(judgeAnswer(path, { errcode: 0, errmsg: 'ok' })).toEqual([]);
  expect(judgeAnswer(path, { errcode: 0, errmsg: 'ok', more: 1 })).toHaveLength(1);
  expect(judgeAnswer(path, { errcode: 701071, errmsg: 'x' })).toEqual([]);
  expect(judgeAnswer(path, { errcode: 701022, errmsg: 'x' })).toHaveLength(1);
  expect(judgeAnswer(path, null)).not.toEqual([]);
});
