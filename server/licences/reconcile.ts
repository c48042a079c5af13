import { z } from 'zod';
import { refreshAuthorisation } from '../corps/refresh-authorisation';
import type { Deps } from '../deps';
import { saveCorpLicence } from '../store/corp-licences';
import { findLedger, saveProgress } from '../store/ledger';
import { markOrdersFollowed } from '../store/orders';
import { inBackground } from '../wecom/client';
import { RECONCILIATION } from './cause';
import { reconcileCodes, reconcileKnownOrders, reconcileNewOrders, reconcileSeats } from './reconcile-stages';
import { refreshAppLicence, refreshAutoActivation } from './refresh-corp-licence';

const STAGES = ['licence', 'newOrders', 'knownOrders', 'codes', 'seats'] as const;
type Stage = (typeof STAGES)[number];

/** A beginning older than this is not gone on from: WeCom's cursors may have died, and what was read is old. */
const RESUME_WITHIN_MS = 6 * 3_600_000;

const count = z.number().int();
const Counts = z.object({ licence: count, order: count, code: count, seat: count });
const Progress = z.object({
  stage: z.enum(STAGES),
  /** Where in the stage: the last window, id, code or cursor that is done. */
  at: z.string().nullable(),
  startedAtMs: count,
  /** When the stages that read what follows from orders began: null before them. */
  ordersReadAtMs: count.nullable().default(null),
  counts: Counts,
});
type Progress = z.infer<typeof Progress>;

/** How many facts of each kind a reconciliation had to change. `done` false: it was told to stop, and goes on next time. */
export type Reconciled = {
  readonly done: boolean;
  readonly resumed: boolean;
  readonly counts: Readonly<z.infer<typeof Counts>>;
};

/** What a stage is given: where to begin, and what to call after each part. False: stop here. */
export type StageRun = {
  readonly cause: typeof RECONCILIATION;
  readonly from: string | null;
  readonly tick: (at: string | null, changes: Partial<Progress['counts']>) => Promise<boolean>;
};

/**
 * Reads everything WeCom knows of a corp's licences and keeps what differs, however much was missed: authorisation,
 * trial, switch, orders, codes, seats. A page at a time, so memory stays flat; how far it got is kept in the store, so
 * that after a kill it goes on from there. Throws `wecom.*` when WeCom is silent; the next call goes on as well.
 */
export async function reconcileCorp(given: Deps, corpId: string, signal: AbortSignal): Promise<Reconciled> {
  const deps = inBackground(given);
  const found = await findProgress(deps, corpId);
  const resumed = found !== null;
  let progress = found ?? begin(deps);
  const stages = STAGES.slice(STAGES.indexOf(progress.stage));
  if (!(await refreshAuthorisation(deps, corpId))) return { done: true, resumed, counts: progress.counts };
  for (const stage of stages) {
    if (stage !== progress.stage) progress = enter(progress, stage, deps.clock.now());
    let going = !signal.aborted;
    const tick: StageRun['tick'] = async (at, changes) => {
      progress = { ...progress, at, counts: add(progress.counts, changes) };
      await saveProgress(deps.store.db, corpId, JSON.stringify(progress));
      going = !signal.aborted;
      return going;
    };
    if (going) await RUN[stage](deps, corpId, { cause: RECONCILIATION, from: progress.at, tick });
    if (!going) return { done: false, resumed, counts: progress.counts };
  }
  await finish(deps, corpId, progress);
  return { done: true, resumed, counts: progress.counts };
}

const RUN: Readonly<Record<Stage, (deps: Deps, corpId: string, run: StageRun) => Promise<void>>> = {
  licence: async (deps, corpId, { cause, tick }) => {
    const licence = await refreshAppLicence(deps, corpId, cause);
    await tick(null, { licence: licence + (await refreshAutoActivation(deps, corpId, cause)) });
  },
  newOrders: reconcileNewOrders,
  knownOrders: reconcileKnownOrders,
  codes: reconcileCodes,
  seats: reconcileSeats,
};

async function findProgress({ clock, store }: Deps, corpId: string): Promise<Progress | null> {
  const row = await findLedger(store.db, corpId);
  if (row === null || row.progress_json === null) return null;
  const parsed = Progress.safeParse(JSON.parse(row.progress_json));
  const ageMs = parsed.success ? clock.now() - parsed.data.startedAtMs : -1;
  return parsed.success && ageMs >= 0 && ageMs < RESUME_WITHIN_MS ? parsed.data : null;
}

function begin({ clock }: Deps): Progress {
  const counts = { licence: 0, order: 0, code: 0, seat: 0 };
  return { stage: 'licence', at: null, startedAtMs: clock.now(), ordersReadAtMs: null, counts };
}

function enter(progress: Progress, stage: Stage, nowMs: number): Progress {
  return { ...progress, stage, at: null, ordersReadAtMs: stage === 'codes' ? nowMs : progress.ordersReadAtMs };
}

async function finish(deps: Deps, corpId: string, { counts, ordersReadAtMs, startedAtMs }: Progress): Promise<void> {
  await deps.store.transaction(async (trx) => {
    await saveProgress(trx, corpId, null, startedAtMs);
    const read = { ledger_checked_at_ms: startedAtMs, seats_checked_at_ms: startedAtMs };
    await saveCorpLicence(trx, corpId, { ...read, orders_read_to_ms: startedAtMs });
    // Every code and every seat has been read since.
    if (ordersReadAtMs !== null) await markOrdersFollowed(trx, corpId, { readToMs: ordersReadAtMs });
  });
  const changes = Object.values(counts).reduce((sum, one) => sum + one, 0);
  if (changes > 0) deps.events.changed({ corpId, userId: null });
}

function add(counts: Progress['counts'], changes: Partial<Progress['counts']>): Progress['counts'] {
  const sum = (kind: keyof Progress['counts']) => counts[kind] + (changes[kind] ?? 0);
  return { licence: sum('licence'), order: sum('order'), code: sum('code'), seat: sum('seat') };
}
