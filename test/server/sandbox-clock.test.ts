import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from '../../server/clock';
import { createLog } from '../../server/log';
import { followSandboxClock } from '../../server/sandbox-clock';
import { findFreePort } from '../support/app';

const log = createLog('silent');
const YEAR_MS = 365 * 24 * 3_600_000;

/** The stream of a clock, played by hand. */
async function startStream() {
  const streams = new Set<ServerResponse>();
  const connected: (() => void)[] = [];
  const server: Server = createServer((_req, res) => {
    res.writeHead(200, { 'content-type': 'text/event-stream' });
    streams.add(res);
    res.write(`data: {"now":${systemClock.now() + YEAR_MS}}\n\n`);
    connected.splice(0).forEach((go) => go());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/sandbox/clock`,
    say: (text: string) => streams.forEach((stream) => stream.write(text)),
    breakOff: () => streams.forEach((stream) => (streams.delete(stream), stream.destroy())),
    untilConnected: () => new Promise<void>((resolve) => connected.push(resolve)),
    stop: () => (server.closeAllConnections(), new Promise((resolve) => server.close(resolve))),
  };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

const aheadMs = (clock: { now: () => number }) => clock.now() - systemClock.now();

test('time runs with the machine from where the sandbox says, and jumps with it', async () => {
  const stream = await startStream();
  const { clock, close } = await followSandboxClock(stream.url, log);
  expect(Math.abs(aheadMs(clock) - YEAR_MS)).toBeLessThan(60_000);
  const jump = `data: {"now":${systemClock.now() + 2 * YEAR_MS}}\n\n`;
  stream.say(jump.slice(0, 9));
  stream.say(jump.slice(9));
  await until(() => aheadMs(clock) > 1.9 * YEAR_MS);
  close();
  await stream.stop();
});

test('a stream that breaks is taken up again, and time goes on meanwhile', async () => {
  const stream = await startStream();
  const { clock, close } = await followSandboxClock(stream.url, log);
  const again = stream.untilConnected();
  stream.breakOff();
  expect(aheadMs(clock)).toBeGreaterThan(0.9 * YEAR_MS);
  await again;
  close();
  await stream.stop();
});

test('a sandbox that is not there fails the start with what to look at', async () => {
  const url = `http://127.0.0.1:${await findFreePort()}/sandbox/clock`;
  await expect(followSandboxClock(url, log, 300)).rejects.toThrow(/nothing was heard from .*sandbox running/);
});
