import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findFreePort, testEnv } from '../support/app';
import { startProgram, untilSaid, type Program } from '../support/program';

const start = (env: NodeJS.ProcessEnv): Program => startProgram('server/main.ts', env);

/** Begins a request; resolves when the server has it in hand and waits for the body. */
async function sendHead(url: string): Promise<{ finish: (body: string) => Promise<number | undefined> }> {
  const headers = { 'content-type': 'application/json', expect: '100-continue' };
  const sent = request(url, { method: 'POST', headers });
  const answered = new Promise<number | undefined>((resolve, reject) => {
    sent.once('response', (response) => resolve(response.resume().statusCode)).once('error', reject);
  });
  await new Promise((resolve) => sent.once('continue', resolve).flushHeaders());
  return { finish: (body) => (sent.end(body), answered) };
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gate-main-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function environment(): Promise<{ origin: string; env: Record<string, string | undefined> }> {
  const port = await findFreePort();
  const origin = `http://127.0.0.1:${port}`;
  return {
    origin,
    env: testEnv({ PORT: String(port), PUBLIC_URL: origin, DATABASE_URL: folder, NODE_ENV: 'production' }),
  };
}

test('a start without configuration ends with 1 and one message that lists everything', async () => {
  const program = start({});
  expect(await program.ended).toBe(1);
  expect(program.said()).toContain('Configuration cannot be used:');
  for (const name of ['PUBLIC_URL', 'WECOM_SUITE_ID', 'DATA_KEY']) {
    expect(program.said()).toContain(`  - ${name} is missing`);
  }
});

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s finishes what is under way, ends the program with 0, and takes nothing more',
  async (signal) => {
    const { env, origin } = await environment();
    const program = start(env);
    await untilSaid(program, '"listening"');
    expect((await fetch(`${origin}/readyz`)).status).toBe(200);

    // A request whose body is still on its way when the signal comes.
    const underWay = await sendHead(`${origin}/api/session`);
    program.child.kill(signal);
    await untilSaid(program, '"stopping"');
    expect(await underWay.finish('{"platform":"other"}')).toBe(400);
    expect(await program.ended).toBe(0);
    expect(program.said()).toContain('"stopped"');
    await expect(fetch(`${origin}/healthz`)).rejects.toThrow();
  },
);

test('a second signal ends the program at once', async () => {
  const { env, origin } = await environment();
  const program = start({ ...env, DRAIN_SECONDS: '300' });
  await untilSaid(program, '"listening"');
  program.child.kill('SIGTERM');
  await untilSaid(program, '"stopping"');
  expect((await fetch(`${origin}/readyz`)).status).toBe(503);
  program.child.kill('SIGTERM');
  expect(await program.ended).toBe(1);
});

test('a port that is taken ends the start with 1', async () => {
  const { env } = await environment();
  const first = start(env);
  await untilSaid(first, '"listening"');
  const second = start(env);
  expect(await second.ended).toBe(1);
  expect(second.said()).toContain('EADDRINUSE');
  first.child.kill('SIGTERM');
  expect(await first.ended).toBe(0);
});
