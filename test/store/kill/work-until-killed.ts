import { sql } from 'kysely';
import { z } from 'zod';
import { systemClock } from '../../../server/clock';
import type { Deps } from '../../../server/deps';
import { createEventBus } from '../../../server/events';
import { randomIds } from '../../../server/ids';
import type { Job } from '../../../server/jobs/job';
import { createRoundRunner } from '../../../server/jobs/rounds';
import { keepSchedule, type Schedule } from '../../../server/jobs/schedule';
import { createWorker } from '../../../server/jobs/worker';
import { createLog } from '../../../server/log';
import { createMetrics } from '../../../server/metrics';
import { openStore } from '../../../server/store/store';

/**
 * One instance that works the queue until it is killed: `mark` writes a row of `effects` in the transaction that ends the
 * job, and so does `sweep`, whose slots here are a third of a second.
 */
const LEASE_MS = 600;
const everyThirdOfASecond: Schedule = { kind: 'sweep', slots: (nowMs) => nowMs - (nowMs % 333) };

async function main(databaseUrl: string): Promise<void> {
  const store = await openStore(databaseUrl);
  const deps = {
    config: { utcOffsetMinutes: 480 },
    wecom: {},
    clock: systemClock,
    ids: randomIds,
    log: createLog('error'),
    metrics: createMetrics(),
    events: createEventBus(),
    store,
  } as unknown as Deps;
  const leaveTrace = (kind: string): Job => ({
    kind,
    payload: z.object({ n: z.number().optional() }),
    run: async (_deps, payload, _signal, turn) => {
      const { n } = payload as { n?: number };
      await store.transaction(async (trx) => {
        await sql`insert into effects (kind, n, at_ms) values (${kind}, ${n ?? 0}, ${systemClock.now()})`.execute(trx);
        // Half done for a while: here the kill mostly strikes.
        await new Promise((resolve) => setTimeout(resolve, 5));
        await turn.finish(trx);
      });
      process.stdout.write('.');
    },
  });
  createWorker(deps, [leaveTrace('mark'), leaveTrace('sweep')], { leaseMs: LEASE_MS }).start();
  createRoundRunner(deps, [{ ...keepSchedule([everyThirdOfASecond]), everyMs: 50 }]).start();
  // Timers of the server do not keep a process alive by themselves.
  setInterval(() => undefined, 1000);
}

void main(process.argv[2] ?? '');
