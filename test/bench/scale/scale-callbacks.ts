import { setTimeout as pause } from 'node:timers/promises';
import { countWaitingCallbacks } from '../../../server/store/inbox';
import { openStore, type Store } from '../../../server/store/store';
import { startPostgres } from '../../support/postgres';
import { createBenchWorld } from '../bench-world';
import type { Figure } from '../figure';
import { measureLatencies, shareOf } from '../latency';
import { startSubject, type Subject } from '../load';
import { seedCrowd, type Crowd } from './crowd';

const PER_SECOND = 500;
const SECONDS = 60;
const WARM_UP_SECONDS = 5;
/** The bare server is only there to show what the machine itself adds to every answer. */
const BARE_SECONDS = 10;
/** More than are ever waiting for an answer at once, so that nothing is sent late for want of one. */
const CONNECTIONS = 200;
const MEMBERS = 100;
const LOOK_EVERY_MS = 250;
const SLICES = 6;

/** How far handling was behind while it was watched. */
type Backlog = { mostWaiting: number; oldestMs: number };

/** Looks at the inbox until nothing waits in it any more. */
async function watchInbox({ db }: Store, allSent: () => boolean): Promise<Backlog> {
  const backlog = { mostWaiting: 0, oldestMs: 0 };
  for (;;) {
    const mayEnd = allSent();
    const { count, oldestAtMs } = await countWaitingCallbacks(db);
    backlog.mostWaiting = Math.max(backlog.mostWaiting, count);
    if (oldestAtMs !== null) backlog.oldestMs = Math.max(backlog.oldestMs, Date.now() - oldestAtMs);
    if (mayEnd && count === 0) return backlog;
    await pause(LOOK_EVERY_MS);
  }
}

async function countKept({ db }: Store): Promise<number> {
  const kept = db.selectFrom('inbox').select((eb) => eb.fn.countAll().as('count'));
  return Number((await kept.where('state', '=', 'done').executeTakeFirstOrThrow()).count);
}

function sendCallbacks({ origin }: Subject, crowd: Crowd, first: number, seconds: number): Promise<readonly number[]> {
  const ask = { kind: 'callbacks', crowd, first, count: PER_SECOND * seconds } as const;
  return measureLatencies({ origin, connections: CONNECTIONS, perSecond: PER_SECOND, ask });
}

async function measureBare(): Promise<number> {
  const { origin, stop } = await startSubject('bare-koa');
  try {
    const ask = { kind: 'page', path: '/', count: PER_SECOND * BARE_SECONDS } as const;
    return shareOf(await measureLatencies({ origin, connections: CONNECTIONS, perSecond: PER_SECOND, ask }), 0.99);
  } finally {
    stop();
  }
}

async function measureMinute(server: Subject, store: Store, crowd: Crowd) {
  const warmUp = PER_SECOND * WARM_UP_SECONDS;
  await sendCallbacks(server, crowd, 0, WARM_UP_SECONDS);
  await watchInbox(store, () => true);
  let sentAt: number | null = null;
  const watched = watchInbox(store, () => sentAt !== null);
  const ms = await sendCallbacks(server, crowd, warmUp, SECONDS);
  sentAt = performance.now();
  const backlog = await watched;
  const drainedAfterMs = performance.now() - sentAt;
  return { ms, backlog, drainedAfterMs, sent: warmUp + ms.length, kept: await countKept(store) };
}

/** The range of the p99 over slices of the minute. */
function rangeOf(ms: readonly number[]): { low: number; high: number } {
  const size = Math.ceil(ms.length / SLICES);
  const each = Array.from({ length: SLICES }, (_, slice) => shareOf(ms.slice(slice * size, (slice + 1) * size), 0.99));
  return { low: Math.min(...each), high: Math.max(...each) };
}

/** A minute of callbacks at a fixed rate on PostgreSQL: how soon they are answered, handled, and that none is lost. */
export async function measureScaleCallbacks({ corps }: { readonly corps: number }): Promise<Figure[]> {
  const world = await createBenchWorld();
  const postgres = await startPostgres({ durable: true });
  const store = await openStore(postgres.url);
  const crowd = { corps, members: MEMBERS };
  try {
    await seedCrowd(store, crowd, Date.now());
    const bareMs = await measureBare();
    const server = await startSubject('inbox', { ...world.env, DATABASE_URL: postgres.url });
    const minute = await measureMinute(server, store, crowd).finally(server.stop);
    const { backlog, drainedAfterMs, kept, ms, sent } = minute;
    const common = { unit: 'ms', better: 'low' } as const;
    return [
      {
        ...common,
        what: `${PER_SECOND} callbacks a second, p99 of the answer (p50 ${shareOf(ms, 0.5).toFixed(1)} ms)`,
        against: `bare Koa at that rate: p99 ${bareMs.toFixed(1)} ms`,
        value: shareOf(ms, 0.99),
        range: rangeOf(ms),
        floor: 50,
        stretch: 25,
      },
      {
        ...common,
        what: 'the same, longest wait to be handled',
        against: `${backlog.mostWaiting} waiting at most; ${Math.round(drainedAfterMs)} ms after the last none`,
        value: backlog.oldestMs,
        floor: 5000,
        stretch: 1000,
      },
      {
        what: 'the same, handled / acknowledged',
        against: `${sent} acknowledged`,
        value: kept / sent,
        unit: 'ratio',
        floor: 1,
        stretch: 1,
        better: 'high',
      },
    ];
  } finally {
    await store.close();
    await postgres.stop();
    await world.close();
  }
}
