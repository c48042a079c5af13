import { fork, type ChildProcess } from 'node:child_process';
import automator from 'miniprogram-automator';
import type { Asked, Order, Told } from '../../weapp-host/hand';
import { findFreePort } from '../app';

export type MiniProgram = Awaited<ReturnType<typeof automator.connect>>;

/**
 * What the specs drive: the mini-program on the headless host, or in WeChat DevTools when WECHAT_DEVTOOLS_CLI (its cli) or
 * WEAPP_WS (its automation port, `ws://…`) is set.
 */
export type Target = {
  readonly mp: MiniProgram;
  /** What the holder of the phone does by hand. Null in DevTools, where nobody holds it. */
  readonly hand: Hand | null;
  readonly close: () => Promise<void>;
};

export type Hand = <T = unknown>(order: Order) => Promise<T>;

const CLI = 'test/weapp-host/cli.ts';
const { WECHAT_DEVTOOLS_CLI: CLI_PATH, WEAPP_WS } = process.env;

/** Whether the specs run in DevTools. */
export const IN_DEVTOOLS = Boolean(CLI_PATH || WEAPP_WS);

/** Opens what the environment asks for; the package is the project's own, or another folder's on the host. */
export async function openTarget(projectPath = '.'): Promise<Target> {
  if (WEAPP_WS) {
    const mp = await automator.connect({ wsEndpoint: WEAPP_WS });
    return { mp, hand: null, close: async () => mp.disconnect() };
  }
  if (CLI_PATH) {
    const mp = await automator.launch({ cliPath: CLI_PATH, projectPath, trustProject: true });
    return { mp, hand: null, close: () => mp.close() };
  }
  return openHost(projectPath);
}

/** The headless host as a process of its own. @throws Error with what it said when it does not come up. */
export async function openHost(projectPath: string): Promise<Target & { readonly hand: Hand }> {
  const port = await findFreePort();
  const args = ['auto', '--project', projectPath, '--auto-port', String(port)];
  const child = fork(CLI, args, { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'inherit', 'pipe', 'ipc'] });
  await ready(child);
  const mp = await automator.connect({ wsEndpoint: `ws://127.0.0.1:${port}` });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  return {
    mp,
    hand: createHand(child),
    close: async () => {
      mp.disconnect();
      child.kill();
      await ended;
    },
  };
}

function ready(child: ChildProcess): Promise<void> {
  const said: Buffer[] = [];
  child.stderr?.on('data', (chunk: Buffer) => said.push(chunk));
  return new Promise((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('close', () => reject(new Error(Buffer.concat(said).toString('utf8'))));
  });
}

function createHand(child: ChildProcess): Hand {
  let last = 0;
  const waiting = new Map<number, (told: Told) => void>();
  child.on('message', (message: Told) => {
    waiting.get(message.nth)?.(message);
    waiting.delete(message.nth);
  });
  return <T>(order: Order) =>
    new Promise<T>((resolve, reject) => {
      last += 1;
      waiting.set(last, ({ value, error }) => (error === undefined ? resolve(value as T) : reject(new Error(error))));
      child.send({ nth: last, order } satisfies Asked);
    });
}
