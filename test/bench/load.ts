import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

/** What the load generator sends. With `callbacks` it sends that many distinct sealed ones, else GETs for `seconds`. */
export type Load = {
  readonly url: string;
  readonly connections: number;
  readonly seconds: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly callbacks?: {
    readonly token: string;
    readonly encodingAesKey: string;
    readonly receiveId: string;
    readonly count: number;
  };
};

export type Rate = { readonly perSecond: number; readonly failed: number };

export type Subject = {
  readonly origin: string;
  /** What the subject answers when it is asked how it went. */
  readonly tell: <T>() => Promise<T>;
  readonly stop: () => void;
};

/** Which CPU a process is pinned to where the machine has more than one: servers on the first, load on the second. */
export type Cpu = 'server' | 'load';

/** The flags that `npm start` gives to node; what the server is held against gets them too. */
const { start } = (JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } }).scripts;
const FLAGS = start.split(' ').slice(1, -1);

/** Starts a TypeScript program, or a bundle, in a process of its own, pinned where that can be done. */
export function startNode(file: string, cpu: Cpu, env: Readonly<Record<string, string>> = {}): ChildProcess {
  const child = fork(file, [], {
    execArgv: [...FLAGS, ...(file.endsWith('.ts') ? ['--import', 'tsx'] : [])],
    env: { ...process.env, NODE_ENV: 'production', LOG_LEVEL: 'info', ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  pin(child, cpu);
  return child;
}

function pin(child: ChildProcess, cpu: Cpu): void {
  if (process.platform !== 'linux' || child.pid === undefined) return;
  spawn('taskset', ['-a', '-c', '-p', cpu === 'server' ? '0' : '1', String(child.pid)], { stdio: 'ignore' }).on(
    'error',
    (error) => console.error(`not pinned: ${error.message}`),
  );
}

/** A server of the bench, from test/bench/subjects; it tells its port once it listens. */
export async function startSubject(name: string, env: Readonly<Record<string, string>> = {}): Promise<Subject> {
  const child = startNode(`test/bench/subjects/${name}.ts`, 'server', env);
  const exited = once(child, 'exit').then(([code]) => {
    throw new Error(`The subject ${name} ended with ${String(code)}`);
  });
  const [port] = (await Promise.race([once(child, 'message'), exited])) as [number];
  exited.catch((error: Error) => (child.killed ? null : console.error(error.message)));
  const tell = async <T>(): Promise<T> => {
    child.send('how was it');
    const [told] = (await once(child, 'message')) as [T];
    return told;
  };
  return { origin: `http://127.0.0.1:${port}`, tell, stop: () => void child.kill() };
}

/** Hands a load to a worker in a process of its own and waits for what it measured. */
export async function askWorker<T>(file: string, load: object, env: Readonly<Record<string, string>> = {}): Promise<T> {
  const worker = startNode(file, 'load', env);
  const exited = once(worker, 'exit').then(([code]) => {
    throw new Error(`The load generator ended with ${String(code)}`);
  });
  worker.send(load);
  const [measured] = (await Promise.race([once(worker, 'message'), exited])) as [T];
  return measured;
}

/** One slice of load from a process of its own; throws when a single answer was not a success. */
export async function measureRate(load: Load): Promise<number> {
  const rate = await askWorker<Rate>('test/bench/load-worker.ts', load);
  if (rate.failed > 0) throw new Error(`${rate.failed} of the answers of ${load.url} were no success`);
  return rate.perSecond;
}
