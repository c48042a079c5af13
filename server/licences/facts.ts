import type { Facts } from '../../domain/facts';
import type { FactName } from '../../domain/rules';
import { decideVerdict, type Verdict } from '../../domain/verdict';
import { startStopwatch } from '../clock';
import type { Deps } from '../deps';
import { ensureMember, markMemberDoubtful } from '../store/members';
import { dueSources, isRangeWorn } from './due-sources';
import { factsOfRecord, factsOfStranger } from './facts-of-record';
import type { Visit } from './judged';
import { readRecord, type LicenceRecord } from './licence-record';
import { refreshInTime } from './refresh-once';
import { readingOf, type Source } from './sources';

export type GatherOptions = {
  /** Ask WeCom even though the record is fresh. */
  readonly force?: boolean;
  /** What the page may wait for WeCom, all readings together. */
  readonly deadlineMs?: number;
};

/** What a page waits for WeCom at most. */
export const PAGE_DEADLINE_MS = 1500;
/** Readings may uncover the need for others: seats and trial first, then the ledger. */
const MAX_ROUNDS = 3;

const SOURCE_OF: Readonly<Record<FactName, Source | null>> = {
  installed: null,
  inRange: null,
  appLicence: 'licence',
  autoActivation: 'autoActivation',
  everPaid: 'autoActivation',
  accounts: 'ledger',
  seats: 'seats',
};

/**
 * The facts of a visit: what is on record, refreshed from WeCom where it is due, within the deadline. What is late goes on
 * in the background. Never throws because WeCom is silent: then `reachable` is false and the record is what it is.
 */
export async function gatherFacts(deps: Deps, visit: Visit, options: GatherOptions = {}): Promise<Facts> {
  const { corpId, userId } = visit;
  if (visit.visitor !== 'member' || corpId === null || userId === null) return factsOfStranger(visit, deps.config);
  const force = options.force ?? false;
  const deadlineMs = options.deadlineMs ?? PAGE_DEADLINE_MS;
  const elapsedMs = startStopwatch();
  const asked = new Set<Source>();
  const silent = new Set<Source>();
  for (let round = 1; ; round += 1) {
    const record = await readCurrentRecord(deps, corpId, userId, force);
    const nowMs = deps.clock.now();
    const facts = factsOfRecord(record, visit, deps.config, { nowMs, force });
    const verdict = decideVerdict(facts, nowMs);
    const due = dueSources(record, { facts, verdict, nowMs, force }).filter((source) => !asked.has(source));
    if (due.length === 0 || round > MAX_ROUNDS) return withReach(facts, verdict, silent);
    const ask = async (source: Source) => {
      asked.add(source);
      const { key, work } = readingOf(deps, source, corpId, userId);
      if (!(await refreshInTime(deps, key, work, deadlineMs - elapsedMs(), force))) silent.add(source);
    };
    await Promise.all(due.map(ask));
  }
}

async function readCurrentRecord(deps: Deps, corpId: string, userId: string, force: boolean): Promise<LicenceRecord> {
  const record = await readRecord(deps, corpId, userId);
  const nowMs = deps.clock.now();
  if (record.corp === null) return record;
  if (record.member !== null && !isRangeWorn(record, nowMs, force)) return record;
  await ensureMember(deps.store.db, corpId, userId, nowMs);
  // The range is known from calls about the member, so those are made again.
  if (record.member !== null) await markMemberDoubtful(deps.store.db, corpId, userId, nowMs);
  return readRecord(deps, corpId, userId);
}

/**
 * Which of the facts this verdict needs could not be confirmed, and how old the oldest is. A grant needs only the facts
 * of the rule that grants; a refusal needs every fact that could have granted.
 */
function withReach(facts: Facts, verdict: Verdict, silent: ReadonlySet<Source>): Facts {
  const grants = verdict.outcome === 'allow' || verdict.outcome === 'warn';
  const rows = verdict.trace.filter((row) => !grants || row.matched);
  const names = [...new Set(rows.flatMap((row) => row.facts.map((fact) => fact.name)))];
  const needed = names.filter((name) => SOURCE_OF[name] !== null);
  const oldestMs = Math.min(...needed.map((name) => facts[name].atMs));
  return {
    ...facts,
    reachable: !needed.some((name) => silent.has(SOURCE_OF[name] as Source)),
    confirmedAtMs: needed.length === 0 || oldestMs === 0 ? null : oldestMs,
  };
}
