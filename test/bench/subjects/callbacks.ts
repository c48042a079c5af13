import { createApp } from '../../../server/app';
import type { Store } from '../../../server/store/store';
import { benchDeps } from './deps';
import { listenAndTell } from './listen-and-tell';

/** Opens and checks what comes, and answers; BENCH_STORE=none forgets it, anything else stores it first. No jobs run. */
async function main(): Promise<void> {
  const deps = await benchDeps();
  const forget = (() => Promise.resolve()) as unknown as Store['transaction'];
  const store = process.env.BENCH_STORE === 'none' ? { ...deps.store, transaction: forget } : deps.store;
  listenAndTell(createApp({ ...deps, store }));
}

void main();
