import { WECOM_LIMITS } from '../../../server/wecom/budgets';
import { startPostgres } from '../../support/postgres';
import { createBenchWorld } from '../bench-world';
import type { Figure } from '../figure';
import { askWorker, startSubject } from '../load';
import type { Pass, ReconcileAsk } from '../reconcile-worker';
import type { Calls } from './crowd-wecom';

const WORKER = 'test/bench/reconcile-worker.ts';

/** Corps a minute that WeCom's limits allow: by the call that is made most often, at the pace of background work. */
function corpsPerMinuteAllowed(calls: Calls, reconciliations: number): number {
  const [perMinute] = WECOM_LIMITS.perAddress;
  const mostOften = Math.max(...Object.values(calls)) / reconciliations;
  return (perMinute?.points ?? 0) / 2 / mostOften;
}

const perCorp = (ms: number, corps: number): string => `${(ms / corps).toFixed(1)} ms`;
const inMb = (values: readonly number[]): string => values.map((mb) => mb.toFixed(0)).join(', ');

function present([first, second]: readonly [Pass, Pass], corps: number, calls: Calls): Figure[] {
  const total = Object.values(calls).reduce((sum, count) => sum + count, 0);
  const allowedMs = 60_000 / corpsPerMinuteAllowed(calls, 2 * corps);
  const [startMb, middleMb, endMb] = second.rssMb;
  const common = { unit: 'ratio', better: 'low' } as const;
  return [
    {
      ...common,
      what: `reconcile ${corps} corps again, rows written / at first`,
      against: `${second.rowsWritten} / ${first.rowsWritten} rows; ${second.facts} of ${first.facts} facts differed`,
      value: second.rowsWritten / first.rowsWritten,
      floor: 0.05,
      stretch: 0.01,
    },
    {
      ...common,
      what: 'the same, memory at the end / in the middle',
      against: `MB at start, middle, end: first ${inMb(first.rssMb)}; again ${inMb([startMb, middleMb, endMb])}`,
      value: endMb / middleMb,
      floor: 1.2,
      stretch: 1.05,
    },
    {
      ...common,
      what: `the same, time for a corp (${perCorp(second.wallMs, corps)}, CPU ${perCorp(second.cpuMs, corps)}; first ${perCorp(first.wallMs, corps)}, CPU ${perCorp(first.cpuMs, corps)})`,
      against: `${allowedMs.toFixed(1)} ms that the limits allow for its ${(total / corps / 2).toFixed(1)} calls`,
      value: second.wallMs / corps / allowedMs,
      floor: 1,
      stretch: 0.5,
    },
  ];
}

/** What reading everything again costs when WeCom answers at once: rows, memory, and our own share of the time. */
export async function measureScaleReconcile(size: {
  readonly corps: number;
  readonly seats: number;
}): Promise<Figure[]> {
  const world = await createBenchWorld();
  const postgres = await startPostgres({ durable: true });
  const wecom = await startSubject('crowd-wecom', { BENCH_MEMBERS: String(size.seats) });
  try {
    const env = { ...world.env, DATABASE_URL: postgres.url, WECOM_API_ORIGIN: wecom.origin };
    const ask: ReconcileAsk = { corps: size.corps };
    const passes = await askWorker<[Pass, Pass]>(WORKER, ask, env);
    return present(passes, size.corps, await wecom.tell<Calls>());
  } finally {
    wecom.stop();
    await postgres.stop();
    await world.close();
  }
}
