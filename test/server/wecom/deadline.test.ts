import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { waitUntil, withDeadline } from '../../../server/wecom/deadline';
import { startScriptedWecom, type Answer } from '../../support/scripted-wecom';

const timeout = expect.objectContaining({ code: 'wecom.timeout' }) as unknown as Error;
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const SILENT: readonly [string, Answer][] = [
  ['says nothing', () => undefined],
  ['sends its head and then nothing', (response) => void response.writeHead(200).flushHeaders()],
  ['sends byte after byte and never ends', (response) => void drip(response)],
];

function drip(response: Parameters<Extract<Answer, (...args: never[]) => unknown>>[0]): void {
  const timer = setInterval(() => response.write(' '), 10);
  response.on('close', () => clearInterval(timer));
}

test.each(SILENT)(
  'a server that %s is waited for until the deadline, whatever the collector takes',
  async (_, answer) => {
    const server = await startScriptedWecom(() => answer);
    const collecting = setInterval(collectGarbage, 20);
    try {
      const read = ({ signal }: { signal: AbortSignal }) => fetch(server.origin, { signal }).then((one) => one.text());
      await expect(withDeadline(300, read)).rejects.toEqual(timeout);
    } finally {
      clearInterval(collecting);
      await server.close();
    }
  },
);

test('work that ignores its signal ends all the same, and work in time is given back', async () => {
  await expect(withDeadline(50, () => new Promise(() => undefined))).rejects.toEqual(timeout);
  await expect(withDeadline(5000, () => Promise.resolve('done'))).resolves.toBe('done');
  await expect(withDeadline(5000, () => Promise.reject(new Error('own')))).rejects.toThrow('own');
});

test('a fault of work that comes after the deadline troubles nobody', async () => {
  let fail: (error: Error) => void = () => undefined;
  await expect(withDeadline(20, () => new Promise((_, reject) => (fail = reject)))).rejects.toEqual(timeout);
  fail(new Error('too late'));
  await waitUntil(1, new AbortController().signal);
});

test('waiting ends with its signal, also with one that has ended before', async () => {
  const controller = new AbortController();
  const waiting = waitUntil(60_000, controller.signal);
  controller.abort(new Error('stop'));
  await expect(waiting).rejects.toThrow('stop');
  await expect(waitUntil(60_000, controller.signal)).rejects.toThrow('stop');
});
