import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Corp, State } from './types';

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
    writeWhole(path, current());
  };
  return {
    load: () => (existsSync(path) ? requireState(path, JSON.parse(readFileSync(path, 'utf8'))) : null),
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

/** Writes a file that is never seen half written. */
export function writeWhole(path: string, content: unknown): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.new`, JSON.stringify(content));
  renameSync(`${path}.new`, path);
}

/** A state as it was kept. Throws when it is not one of this sandbox. */
export function requireState(path: string, kept: unknown): State {
  const state = kept as Partial<State>;
  if (state.version !== 2 || !Array.isArray(state.corps)) {
    throw new Error(`${path} is not a state of this sandbox; delete it to start over`);
  }
  // A state of before media could be uploaded, callbacks on their way were kept and customer contact could be refused.
  const contactRights = { granted: true, outsideUserIds: [] };
  const corps = (state.corps as Partial<Corp>[]).map((corp) => ({
    contactRights: structuredClone(contactRights),
    ...corp,
  }));
  return { media: [], mailUnderWay: [], ...state, corps } as unknown as State;
}
