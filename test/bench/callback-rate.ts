import { THIRD_PARTY_SUITE } from '../../sandbox/credentials';
import { startPostgres } from '../support/postgres';
import { createBenchWorld, type BenchWorld } from './bench-world';
import type { Figure } from './figure';
import { measureRate, startSubject, type Subject } from './load';
import { measureRatio, type Ratio } from './paired';

const ROUNDS = 5;
const COUNT = 20_000;
const CONNECTIONS = 64;

function callbackLoad({ origin }: Subject): () => Promise<number> {
  const { callbackToken: token, callbackAesKey: encodingAesKey, suiteId: receiveId } = THIRD_PARTY_SUITE;
  const callbacks = { token, encodingAesKey, receiveId, count: COUNT };
  return () => measureRate({ url: origin, connections: CONNECTIONS, seconds: 0, headers: {}, callbacks });
}

async function storedAgainstForgotten(world: BenchWorld, databaseUrl: string): Promise<Ratio> {
  const env = { ...world.env, DATABASE_URL: databaseUrl };
  const stored = await startSubject('callbacks', env);
  const forgotten = await startSubject('callbacks', { ...env, BENCH_STORE: 'none' });
  try {
    return await measureRatio(callbackLoad(stored), callbackLoad(forgotten), ROUNDS);
  } finally {
    stored.stop();
    forgotten.stop();
  }
}

/** What storing a callback before the answer costs, on both stores. */
export async function measureCallbackRate(): Promise<Figure[]> {
  const world = await createBenchWorld();
  const postgres = await startPostgres({ durable: true });
  try {
    const onPostgres = await storedAgainstForgotten(world, postgres.url);
    const embedded = await storedAgainstForgotten(world, world.env.DATABASE_URL ?? '');
    const common = { what: 'callback, stored before the answer', unit: 'ratio', better: 'high' } as const;
    return [
      {
        ...common,
        against: 'not stored; PostgreSQL',
        value: onPostgres.median,
        range: onPostgres,
        floor: 0.8,
        stretch: 0.9,
      },
      { ...common, against: 'not stored; embedded', value: embedded.median, range: embedded, floor: 0.5, stretch: 0.6 },
    ];
  } finally {
    await postgres.stop();
    await world.close();
  }
}
