import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

function start(env: Record<string, string>) {
  return spawn(process.execPath, ['--import', 'tsx', join(ROOT, 'sandbox/main.ts')], {
    cwd: ROOT,
    env: { ...process.env, ...env },
  });
}

/** A port whose follower is free too, for the phone. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

test('the program prints its addresses, answers, and leaves cleanly when told', async () => {
  const port = await freePort();
  const program = start({ SANDBOX_PORT: String(port) });
  const [printed] = (await once(program.stdout, 'data')) as [Buffer];
  expect(printed.toString()).toContain(`http://127.0.0.1:${port}`);
  const state = await (await fetch(`http://127.0.0.1:${port}/sandbox/state`)).json();
  expect(state).toMatchObject({ corps: expect.arrayContaining([expect.objectContaining({ sample: 'used_up' })]) });
  program.kill('SIGTERM');
  expect(await once(program, 'exit')).toEqual([0, null]);
}, 30_000);

test('a port that is none stops the start with a sentence', async () => {
  const program = start({ SANDBOX_PORT: 'ninety' });
  const [complaint] = (await once(program.stderr, 'data')) as [Buffer];
  expect(complaint.toString()).toContain('SANDBOX_PORT is not a port: ninety');
  expect(await once(program, 'exit')).toEqual([1, null]);
}, 30_000);
