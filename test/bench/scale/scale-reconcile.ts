import { pointsOf, WECOM_LIMITS } from '../../../server/wecom/budgets';
import { startPostgres } from '../../support/postgres';
import { createBenchWorld, type BenchWorld } from '../bench-world';
import type { Figure } from '../figure';
import { askWorker } from '../load';
import type { Pass, Reconciled, ReconcileAsk } from '../reconcile-worker';
import type { CrowdCorp } from './copy-corp';

const WORKER = 'test/bench/reconcile-worker.ts';
/** More than these need not be read for the first time to know what that costs. */
const AT_FIRST = 200;

/** WeCom's limits are shared by all instances; two is what a provider runs. */
const INSTANCES = 2;

/** Corps a minute that WeCom's limits allow one instance, by the call that is made most often, at the background's pace. */
function corpsPerMinuteAllowed({ calls, corps }: Pass): number {
  const [perMinute] = WECOM_LIMITS.perAddress;
  const mostOften = Math.max(...Object.values(calls)) / corps;
  return (perMinute ? pointsOf(perMinute, INSTANCES, true) : 0) / mostOften;
}

const perCorp = (ms: number, { corps }: Pass): string => `${(ms / corps).toFixed(1)} ms`;
const inMb = (values: readonly number[]): string => values.map((mb) => mb.toFixed(0)).join(', ');
const timesOf = (pass: Pass): string => `${perCorp(pass.wallMs, pass)}, CPU ${perCorp(pass.cpuMs, pass)}`;

function present({ compared, first, same }: Reconciled): Figure[] {
  const common = { unit: 'ratio', better: 'low' } as const;
  const rows = { first: first.rowsWritten / first.corps, again: compared.rowsWritten / compared.corps };
  const callsOfACorp = Object.values(same.calls).reduce((sum, count) => sum + count, 0) / same.corps;
  const [startMb, middleMb] = compared.rssMb;
  const [, , endMb] = same.rssMb;
  const timeOf = (pass: Pass) => {
    const allowedMs = 60_000 / corpsPerMinuteAllowed(pass);
    return {
      ...common,
      value: pass.wallMs / pass.corps / allowedMs,
      against: `${allowedMs.toFixed(1)} ms that the limits allow for its ${callsOfACorp.toFixed(1)} calls`,
    };
  };
  return [
    {
      ...common,
      what: `reconcile ${compared.corps} corps again, rows written for one / at first`,
      against: `${rows.again.toFixed(1)} / ${rows.first.toFixed(1)} rows; ${compared.facts + same.facts} facts differed, at first ${first.facts} of ${first.corps} corps`,
      value: rows.again / rows.first,
      floor: 0.05,
      stretch: 0.01,
    },
    {
      ...common,
      what: 'the same and the night after, memory at the end / in the middle of the first night',
      against: `MB at start, middle, end: ${inMb([startMb, middleMb, endMb])}`,
      value: endMb / middleMb,
      floor: 1.2,
      stretch: 1.05,
    },
    {
      ...timeOf(compared),
      what: `the same, time for a corp (${timesOf(compared)}; at first ${timesOf(first)})`,
      floor: 2,
      stretch: 1,
    },
    {
      ...timeOf(same),
      what: `the night after, WeCom says the same, time for a corp (${timesOf(same)})`,
      floor: 1,
      stretch: 0.5,
    },
  ];
}

type Crowds = { readonly corps: readonly Omit<CrowdCorp, 'orderId'>[] };

/** The sandbox's crowds, and when they bought. */
function askFor({ sandbox }: BenchWorld, corps: number, seats: number): ReconcileAsk {
  const made = sandbox.order<Crowds>('crowds', { corps, seats }).corps;
  const orderOf = new Map(sandbox.state.corps.map((corp) => [corp.corpId, corp.crowd]));
  const boughtAtMs = orderOf.get(made[0]?.corpId ?? '')?.boughtAtMs ?? 0;
  return {
    corps: made.map((corp) => ({ ...corp, orderId: orderOf.get(corp.corpId)?.orderId ?? '' })),
    boughtAtMs,
    suiteTicket: sandbox.state.suites[0]?.tickets.at(-1)?.value ?? '',
    atFirst: Math.min(corps, AT_FIRST),
  };
}

/**
 * What reading everything again costs where the sandbox, beside us, is WeCom: rows, memory, and our own share of the
 * time that WeCom's limits allow.
 */
export async function measureScaleReconcile({
  corps,
  seats,
}: {
  readonly corps: number;
  readonly seats: number;
}): Promise<Figure[]> {
  const world = await createBenchWorld();
  const postgres = await startPostgres({ durable: true });
  try {
    const env = { ...world.env, DATABASE_URL: postgres.url };
    return present(await askWorker<Reconciled>(WORKER, askFor(world, corps, seats), env));
  } finally {
    await postgres.stop();
    await world.close();
  }
}
