import { createApp } from '../../../server/app';
import type { Store } from '../../../server/store/store';
import { benchDeps } from './deps';
import { listenAndTell } from './listen-and-tell';

/** Takes every statement and runs none; not even its text is made. */
const FORGETS = {
  getExecutor: () => ({ adapter: null }),
  insertInto: () => FORGETS,
  values: () => FORGETS,
  onConflict: () => FORGETS,
  execute: async () => [],
};

/** Opens and checks what comes, and answers; BENCH_STORE=none forgets it, anything else stores it first. No jobs run. */
async function main(): Promise<void> {
  const deps = await benchDeps();
  const db = process.env.BENCH_STORE === 'none' ? (FORGETS as unknown as Store['db']) : deps.store.db;
  listenAndTell(createApp({ ...deps, store: { ...deps.store, db } }));
}

void main();
