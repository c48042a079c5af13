import { z } from 'zod';
import { startStopwatch } from '../clock';
import { refreshAuthorisation } from '../corps/refresh-authorisation';
import type { Deps } from '../deps';
import { saveCorpLicence } from '../store/corp-licences';
import { findCorp } from '../store/corps';
import { findLedger, saveProgress, saveReconciled } from '../store/ledger';
import { markOrdersFollowed } from '../store/orders';
import type { LedgersTable } from '../store/schema';
import { inBackground } from '../wecom/client';
import { RECONCILIATION } from './cause';
import { isAsHeard, listen, readHeard, type Heard } from './heard';
import type { Compared } from './ledger/write-ledger';
import {
  reconcileCodes,
  reconcileKnownOrders,
  reconcileNewOrders,
  reconcileSeats,
  reconcileShares,
} from './reconcile-stages';
import { refreshCorpLicence } from './refresh-corp-licence';

const STAGES = ['licence', 'newOrders', 'knownOrders', 'codes', 'shares', 'seats'] as const;
type Stage = (typeof STAGES)[number];

/** A beginning older than this is not gone on from: WeCom's cursors may have died, and what was read is old. */
const RESUME_WITHIN_MS = 6 * 3_600_000;
/** How much of its work a kill costs a reconciliation at most; one that is quicker keeps no progress at all. */
const KEPT_EVERY_MS = 2_000;

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
  readonly from: string | null;
  readonly tick: (at: string | null, changes: Partial<Progress['counts']>) => Promise<boolean>;
  /** Told what each comparison of codes and seats came to. */
  readonly note: (compared: Compared) => void;
};

/**
 * Reads everything WeCom knows of a corp's licences and keeps what differs, however much was missed: authorisation,
 * trial, switch, orders, codes, seats. A page at a time, so memory stays flat; how far it got is kept in the store, so
 * that whoever was stopped goes on from there. Throws `wecom.*` when WeCom is silent; the next call goes on as well.
 * @param trusting codes and seats of which WeCom says word for word what it said when nothing differed are not compared
 */
export async function reconcileCorp(
  given: Deps,
  corpId: string,
  signal: AbortSignal,
  { trusting }: { readonly trusting: boolean } = { trusting: false },
): Promise<Reconciled> {
  const deps = inBackground(given);
  const ledger = await findLedger(deps.store.db, corpId);
  const found = readProgress(ledger, deps.clock.now());
  const resumed = found !== null;
  const progress = found ?? begin(deps);
  if (!(await refreshAuthorisation(deps, corpId))) return { done: true, resumed, counts: progress.counts };
  const heard = resumed || !trusting ? null : readHeard(ledger, deps.clock.now());
  const walk: Walk = { progress, signal, heard, hashes: {}, isSame: false, differing: 0 };
  const done = await runStages(deps, corpId, walk).catch(async (error: unknown) => {
    await keepProgress(deps, corpId, walk.progress);
    throw error;
  });
  if (!done) await keepProgress(deps, corpId, walk.progress);
  else await finish(deps, corpId, walk.progress, resumed ? null : newlyHeard(walk, ledger, deps.clock.now()));
  return { done, resumed, counts: walk.progress.counts };
}

type Walk = {
  progress: Progress;
  readonly signal: AbortSignal;
  /** What was heard when nothing differed, and whether WeCom says the same of codes and seats now. */
  readonly heard: Heard | null;
  isSame: boolean;
  /** What was heard this time, by stage, and how much of it differed. */
  readonly hashes: Partial<Record<Stage, string>>;
  differing: number;
};

/** Runs the stages that are left, noting in the walk how far it is. False when it was told to stop. */
async function runStages(deps: Deps, corpId: string, walk: Walk): Promise<boolean> {
  let sinceKeptMs = startStopwatch();
  const tick: StageRun['tick'] = async (at, changes) => {
    walk.progress = { ...walk.progress, at, counts: add(walk.progress.counts, changes) };
    if (sinceKeptMs() >= KEPT_EVERY_MS) {
      await keepProgress(deps, corpId, walk.progress);
      sinceKeptMs = startStopwatch();
    }
    return !walk.signal.aborted;
  };
  const listener = listen(deps);
  const note: StageRun['note'] = ({ differing }) => void (walk.differing += differing);
  for (const stage of STAGES.slice(STAGES.indexOf(walk.progress.stage))) {
    if (stage !== walk.progress.stage) walk.progress = enter(walk.progress, stage, deps.clock.now());
    if (walk.signal.aborted) return false;
    if (stage === 'codes' && walk.heard !== null)
      walk.isSame = await isAsHeard(listener, corpId, walk.heard, walk.signal);
    if (isAnswered(walk, stage)) continue;
    listener.take();
    const isHeard = stage === 'codes' || stage === 'seats';
    await RUN[stage](isHeard ? listener.deps : deps, corpId, { from: walk.progress.at, tick, note });
    if (isHeard) walk.hashes[stage] = listener.take();
    if (walk.signal.aborted) return false;
  }
  return true;
}

/** Codes and seats of which WeCom says the same as when nothing differed; a code learnt since may be some seat's. */
function isAnswered({ isSame, progress }: Walk, stage: Stage): boolean {
  return isSame && (stage === 'codes' || (stage === 'seats' && progress.counts.code === 0));
}

const RUN: Readonly<Record<Stage, (deps: Deps, corpId: string, run: StageRun) => Promise<void>>> = {
  licence: async (deps, corpId, { tick }) => {
    await tick(null, { licence: await refreshCorpLicence(deps, corpId, RECONCILIATION) });
  },
  newOrders: reconcileNewOrders,
  knownOrders: reconcileKnownOrders,
  codes: reconcileCodes,
  shares: reconcileShares,
  seats: reconcileSeats,
};

function readProgress(ledger: LedgersTable | null, nowMs: number): Progress | null {
  if (ledger === null || ledger.progress_json === null) return null;
  const parsed = Progress.safeParse(JSON.parse(ledger.progress_json));
  const ageMs = parsed.success ? nowMs - parsed.data.startedAtMs : -1;
  return parsed.success && ageMs >= 0 && ageMs < RESUME_WITHIN_MS ? parsed.data : null;
}

/** Of a corp that has removed the app meanwhile nothing may be kept. */
async function keepProgress({ store }: Deps, corpId: string, progress: Progress): Promise<void> {
  if ((await findCorp(store.db, corpId))?.status === 'removed') return;
  await saveProgress(store.db, corpId, JSON.stringify(progress));
}

function begin({ clock }: Deps): Progress {
  const counts = { licence: 0, order: 0, code: 0, seat: 0 };
  return { stage: 'licence', at: null, startedAtMs: clock.now(), ordersReadAtMs: null, counts };
}

function enter(progress: Progress, stage: Stage, nowMs: number): Progress {
  return { ...progress, stage, at: null, ordersReadAtMs: stage === 'codes' ? nowMs : progress.ordersReadAtMs };
}

/** What is worth keeping of what was heard this time: nothing of it differed. */
function newlyHeard({ differing, hashes, isSame }: Walk, ledger: LedgersTable | null, nowMs: number): Heard | null {
  const { codes, seats } = hashes;
  if (isSame || differing > 0 || codes === undefined || seats === undefined) return null;
  return { codes, seats, seq: ledger?.last_seq ?? 0, atMs: nowMs };
}

async function finish(
  deps: Deps,
  corpId: string,
  { counts, ordersReadAtMs, startedAtMs }: Progress,
  heard: Heard | null,
): Promise<void> {
  await deps.store.transaction(async (trx) => {
    await saveReconciled(trx, corpId, { atMs: startedAtMs, heardJson: heard && JSON.stringify(heard) });
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
