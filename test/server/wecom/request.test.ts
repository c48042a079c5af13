import { Writable } from 'node:stream';
import pino from 'pino';
import { z } from 'zod';
import { systemClock } from '../../../server/clock';
import { createMetrics } from '../../../server/metrics';
import { createWecomRequest } from '../../../server/wecom/request';
import { startScriptedWecom, type Answer, type Heard, type ScriptedWecom } from '../../support/scripted-wecom';

const PATH = '/cgi-bin/service/get_corp_token';
const schema = z.object({ access_token: z.string() });
const fault = (fields: object) => expect.objectContaining(fields) as unknown as Error;

let wecom: ScriptedWecom | null = null;
let logged = '';

async function ask(answer: (heard: Heard) => Answer, call: { deadlineMs?: number; body?: unknown } = {}) {
  wecom = await startScriptedWecom(answer);
  return request(wecom.origin, call);
}

function request(apiOrigin: string, call: { deadlineMs?: number; body?: unknown } = {}) {
  const sink = new Writable({ write: (chunk, _, done) => ((logged += String(chunk)), done()) });
  const log = pino({ level: 'trace' }, sink);
  const ask = createWecomRequest({ apiOrigin, clock: systemClock, log, metrics: createMetrics() });
  return ask({ path: PATH, query: { suite_access_token: 'SECRET-TOKEN' }, schema, ...call });
}

afterEach(async () => {
  await wecom?.close();
  wecom = null;
  logged = '';
});

test('a missing errcode means success, and so does 0', async () => {
  await expect(ask(() => ({ access_token: 'a' }))).resolves.toEqual({ access_token: 'a' });
  await wecom?.close();
  await expect(ask(() => ({ errcode: 0, errmsg: 'ok', access_token: 'b', more: 1 }))).resolves.toEqual({
    access_token: 'b',
  });
});

test('a body is posted as JSON, none is a GET, and the query reaches WeCom either way', async () => {
  await ask(() => ({ access_token: 'a' }), { body: { auth_corpid: 'wp1' } });
  expect(wecom?.heard).toEqual([
    { method: 'POST', path: PATH, query: { suite_access_token: 'SECRET-TOKEN' }, body: { auth_corpid: 'wp1' } },
  ]);
  await wecom?.close();
  await ask(() => ({ access_token: 'a' }));
  expect(wecom?.heard[0]).toMatchObject({ method: 'GET', body: null });
});

test('a refusal carries the errcode and the hint, judged by errcode alone', async () => {
  const errmsg = 'ok, hint: [1600000000_12_abc], from ip: 127.0.0.1, more info at https://x.invalid?e=40084';
  await expect(ask(() => ({ errcode: 40084, errmsg }))).rejects.toEqual(
    fault({ name: 'WecomError', errcode: 40084, hint: '1600000000_12_abc' }),
  );
  expect(wecom?.heard).toHaveLength(1);
});

test('busy (-1) is tried again, up to four times in all', async () => {
  let left = 2;
  await expect(ask(() => (left-- > 0 ? { errcode: -1 } : { access_token: 'a' }))).resolves.toBeDefined();
  expect(wecom?.heard).toHaveLength(3);
  await wecom?.close();
  await expect(ask(() => ({ errcode: -1 }))).rejects.toEqual(fault({ errcode: -1 }));
  expect(wecom?.heard).toHaveLength(4);
});

test('too many calls is told apart and says when to come back', async () => {
  for (const errcode of [45009, 701134]) {
    const refusal = fault({ code: 'wecom.rate_limited', errcode, retryAfterMs: expect.any(Number) as number });
    await expect(ask(() => ({ errcode }))).rejects.toEqual(refusal);
    expect(wecom?.heard).toHaveLength(1);
    await wecom?.close();
  }
});

test('too many parallel calls (45033) to a call that names no corp are tried again, and block nobody', async () => {
  let left = 2;
  await expect(ask(() => (left-- > 0 ? { errcode: 45033 } : { access_token: 'a' }))).resolves.toBeDefined();
  expect(wecom?.heard).toHaveLength(3);
  await wecom?.close();
  const refusal = fault({ code: 'wecom.rate_limited', errcode: 45033, retryAfterMs: expect.any(Number) as number });
  await expect(ask(() => ({ errcode: 45033 }))).rejects.toEqual(refusal);
  expect(wecom?.heard).toHaveLength(4);
});

const MALFORMED: readonly [string, Answer][] = [
  ['HTML', (response) => void response.end('<html>502</html>')],
  ['an empty body', (response) => void response.end()],
  ['half of a JSON', (response) => void response.end('{"errcode":0,"access_tok')],
  ['a JSON that is no object', (response) => void response.end('["access_token"]')],
  ['null', (response) => void response.end('null')],
  ['success without what was asked for', (response) => void response.end('{"errcode":0}')],
  ['a value of the wrong type', (response) => void response.end('{"access_token":{"a":1}}')],
  ['a gateway’s own JSON', (response) => void response.writeHead(502).end('{"access_token":"a"}')],
  ['an errcode that is no number', (response) => void response.end('{"errcode":"none"}')],
];

test.each(MALFORMED)('%s is wecom.malformed', async (_, answer) => {
  await expect(ask(() => answer)).rejects.toEqual(fault({ code: 'wecom.malformed' }));
});

test('404 without an errcode is a call WeCom does not know', async () => {
  for (const body of ['<html>', '{"access_token":"a"}']) {
    const answer: Answer = (response) => void response.writeHead(404).end(body);
    await expect(ask(() => answer)).rejects.toEqual(fault({ code: 'wecom.unknown_call', errcode: 404 }));
    await wecom?.close();
  }
});

test('silence ends at the deadline, before the answer and in the middle of it', async () => {
  const never: Answer = () => {};
  await expect(ask(() => never, { deadlineMs: 150 })).rejects.toEqual(fault({ code: 'wecom.timeout' }));
  await wecom?.close();
  const half: Answer = (response) => void response.write('{"errcode":');
  await expect(ask(() => half, { deadlineMs: 150 })).rejects.toEqual(fault({ code: 'wecom.timeout' }));
});

test('endless busyness ends at the deadline too', async () => {
  await expect(ask(() => ({ errcode: -1 }), { deadlineMs: 120 })).rejects.toEqual(
    fault({ code: expect.stringMatching(/^wecom\./) as string }),
  );
  expect(wecom?.heard.length).toBeLessThan(4);
});

test('nobody at the other end, a reset and a redirect are wecom.unreachable', async () => {
  const reset: Answer = (_, incoming) => void incoming.socket.destroy();
  await expect(ask(() => reset)).rejects.toEqual(fault({ code: 'wecom.unreachable' }));
  const gone = wecom?.origin ?? '';
  await wecom?.close();
  await expect(request(gone)).rejects.toEqual(fault({ code: 'wecom.unreachable' }));
  const elsewhere: Answer = (response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
  await expect(ask(() => elsewhere)).rejects.toEqual(fault({ code: 'wecom.unreachable' }));
});

test('no token, code or permanent code reaches the log or an error, whatever WeCom answers', async () => {
  const echo: Answer = { errcode: 40084, errmsg: 'bad SECRET-TOKEN and SECRET-CODE, hint: [1_2_3]' };
  const answers: Answer[] = [echo, { access_token: 42, note: 'SECRET-TOKEN' }, { access_token: 'SECRET-VALUE' }];
  for (const answer of answers) {
    const outcome = await ask(() => answer, { body: { permanent_code: 'SECRET-CODE' } }).catch(
      (error: unknown) => error,
    );
    if (outcome instanceof Error) logged += `${outcome.stack}${JSON.stringify(outcome)}`;
    await wecom?.close();
  }
  expect(logged).toContain(PATH);
  expect(logged).not.toContain('SECRET');
});
