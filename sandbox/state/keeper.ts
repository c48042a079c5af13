import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { State } from './types';

const SETTLE_MS = 500;

/** Keeps the state in a file, if one was named. Writing is debounced and never leaves half a file. */
export type Keeper = {
  /** What was kept, or null. Throws when the file is not a sandbox's state. */
  load(): State | null;
  /** Something changed: write soon. */
  touch(): void;
  /** Writes now what is still unwritten. */
  flush(): void;
};

export function createKeeper(path: string | null, current: () => State): Keeper {
  if (path === null) return { load: () => null, touch: () => undefined, flush: () => undefined };
  let timer: NodeJS.Timeout | null = null;
  const write = () => {
    timer = null;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.new`, JSON.stringify(current()));
    renameSync(`${path}.new`, path);
  };
  return {
    load: () => (existsSync(path) ? parseState(path, readFileSync(path, 'utf8')) : null),
    touch: () => {
      timer ??= setTimeout(write, SETTLE_MS);
    },
    flush: () => {
      if (timer === null) return;
      clearTimeout(timer);
      write();
    },
  };
}

function parseState(path: string, text: string): State {
  const state = JSON.parse(text) as Partial<State>;
  if (state.version !== 2 || !Array.isArray(state.corps)) {
    throw new Error(`${path} is not a state of this sandbox; delete it to start over`);
  }
  return state as State;
}
