import { fork, type ChildProcess } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** A program of the stage. `ended` gives its exit code; `stop` asks it to end, and insists after a while. */
export type Program = {
  readonly name: string;
  readonly logFile: string;
  readonly ended: Promise<number>;
  readonly lastLines: () => string;
  readonly stop: () => Promise<void>;
};

const ERROR_LEVEL = 50;
const PATIENCE_MS = 10_000;
const LAST_LINES = 15;

/** What of a log line belongs on the terminal: errors of the structured log, and whatever is not part of it. */
function noteworthy(line: string): string | null {
  if (!line.startsWith('{')) return line.trim() === '' ? null : line;
  try {
    const entry = JSON.parse(line) as { level?: number; msg?: string; err?: { message?: string } };
    if ((entry.level ?? 0) < ERROR_LEVEL) return null;
    return [entry.msg, entry.err?.message].filter(Boolean).join(': ');
  } catch (error) {
    return `${line} (${String(error)})`;
  }
}

function keepLog(child: ChildProcess, name: string, logFile: string): () => string {
  mkdirSync(path.dirname(logFile), { recursive: true });
  const log = createWriteStream(logFile, { flags: 'a' });
  const last: string[] = [];
  const keep = (loud: boolean) => (line: string) => {
    log.write(`${line}\n`);
    last.push(line);
    if (last.length > LAST_LINES) last.shift();
    const note = loud || line.startsWith('{') ? noteworthy(line) : null;
    if (note) console.error(`[${name}] ${note}`);
  };
  if (child.stdout) createInterface({ input: child.stdout }).on('line', keep(false));
  if (child.stderr) createInterface({ input: child.stderr }).on('line', keep(true));
  return () => last.join('\n');
}

/**
 * Starts a Node program (TypeScript as it is, or a bundle) with its log in a file. It stands in a process group of its
 * own, so that Ctrl-C reaches only us and we end the programs in order.
 */
export function startProgram(name: string, file: string, env: Record<string, string>, logFile: string): Program {
  const preload = ['--require', path.resolve('scripts/stage/leave-with-parent.cjs')];
  const child = fork(file, [], {
    execArgv: file.endsWith('.ts') ? [...preload, '--import', 'tsx'] : preload,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true,
  });
  const lastLines = keepLog(child, name, logFile);
  const ended = new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
  const stop = async (): Promise<void> => {
    const insist = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
    child.kill('SIGTERM');
    await ended;
    clearTimeout(insist);
  };
  return { name, logFile, ended, lastLines, stop };
}
