import { createApp } from '../../../server/app';
import { benchDeps } from './deps';
import { listenAndTell } from './listen-and-tell';

/** The whole application at a standstill, at BENCH_NOW_MS: facts never get old, and what is kept in memory stays. No jobs run. */
async function main(): Promise<void> {
  const nowMs = Number(process.env.BENCH_NOW_MS);
  listenAndTell(createApp(await benchDeps({ clock: { now: () => nowMs } })));
}

void main();
