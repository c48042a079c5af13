import { entryActivates } from '../../domain/activation';
import type { Capability, Entry, Facts } from '../../domain/facts';
import { freeAccountType } from '../../domain/seats';
import { decideVerdict, needsActivation } from '../../domain/verdict';
import type { Deps } from '../deps';
import type { Session } from '../http/session';
import { unlessStoreDown } from '../store/faults';
import { saveLastAllowed } from '../store/members';
import { ensureActivation } from './activate';
import { atMost } from './at-most';
import { ACTIVATION } from './cause';
import { gatherFacts, PAGE_DEADLINE_MS, type GatherOptions } from './facts';
import { judgeFromMemory, keepLastJudged } from './judge-from-memory';
import { isGranted, type Judged, type Visit } from './judged';
import { memberKey, memoryOf, type RecentVisit } from './process-memory';

export type JudgeOptions = GatherOptions & {
  readonly capability: Capability;
  /** Where this page was opened from, if it says; else the session's. */
  readonly entry?: Entry;
};

/** Who is asking, as a session knows it. */
export type Visitor = Pick<Session, 'kind' | 'corpId' | 'userId' | 'entry' | 'loginNamedAgent'>;

/** A judged visit is given out again for this long at most; a refusal for less, and less still while WeCom is silent. */
const RECENT_MS = { granted: 5000, refused: 1000 } as const;
/** The last allowing verdict is written at most this often. */
const REMEMBER_EVERY_MS = 60_000;
/** How long a page waits for an activation it began: a quick one then needs no waiting screen. */
const ACTIVATION_HEAD_START_MS = 800;

/** The visit a session makes for a capability; without a session, nobody's. */
export function visitOf(visitor: Visitor | null, capability: Capability, entry?: Entry): Visit {
  if (visitor === null)
    return {
      visitor: 'nobody',
      corpId: null,
      userId: null,
      entry: entry ?? 'unknown',
      loginNamedAgent: false,
      capability,
    };
  const { corpId, kind, loginNamedAgent, userId } = visitor;
  return { visitor: kind, corpId, userId, entry: entry ?? visitor.entry, loginNamedAgent, capability };
}

/**
 * Judges a visit: gathers the facts, decides, begins an activation when the verdict waits for one, and remembers that the
 * member was let in. The one call behind every page and every feature route.
 */
export async function judgeVisit(deps: Deps, visitor: Visitor | null, options: JudgeOptions): Promise<Judged> {
  const visit = visitOf(visitor, options.capability, options.entry);
  const recent = options.force ? null : findRecentVisit(deps, visit);
  if (recent !== null) return recent.judged;
  const asOfNews = memoryOf(deps).newsCount();
  const judged = await unlessStoreDown(judgeOnRecord(deps, visit, options, asOfNews), (fault) => {
    const remembered = judgeFromMemory(deps, visit);
    if (remembered === null) throw fault;
    deps.metrics.fromMemory('verdict');
    return remembered;
  });
  deps.metrics.verdict(judged.verdict.outcome, judged.verdict.reason);
  keepRecentVisit(deps, judged, asOfNews);
  return judged;
}

/** A visit like this one judged a moment ago, while nothing has been heard since and nothing was due to change. */
export function findRecentVisit(deps: Deps, visit: Visit): RecentVisit | null {
  const { corpId, userId } = visit;
  if (corpId === null || userId === null) return null;
  const memory = memoryOf(deps);
  const recent = memory.visits.get(visitKey(visit));
  if (recent === undefined) return null;
  const nowMs = deps.clock.now();
  const valid = nowMs >= recent.judged.atMs && nowMs < recent.expiresAtMs;
  return valid && !memory.heardSince(recent.asOfNews, corpId, userId) ? recent : null;
}

async function judgeOnRecord(deps: Deps, visit: Visit, options: JudgeOptions, asOfNews: number): Promise<Judged> {
  const judged = await judge(deps, visit, options);
  await rememberAllowed(deps, judged);
  keepLastJudged(deps, judged, asOfNews);
  return judged;
}

async function judge(deps: Deps, visit: Visit, options: JudgeOptions): Promise<Judged> {
  const first = decide(deps, visit, await gatherFacts(deps, visit, options));
  if (!needsActivation(first.facts, first.verdict)) return first;
  if (!(await beginActivation(deps, first, options))) return first;
  return decide(deps, visit, await gatherFacts(deps, visit, { deadlineMs: options.deadlineMs ?? PAGE_DEADLINE_MS }));
}

function decide(deps: Deps, visit: Visit, facts: Facts): Judged {
  const atMs = deps.clock.now();
  return { visit, facts, verdict: decideVerdict(facts, atMs), atMs };
}

/** Begins the activation the verdict waits for and gives it a moment to succeed. */
async function beginActivation(deps: Deps, { atMs, facts, visit }: Judged, options: JudgeOptions): Promise<boolean> {
  const { capability, corpId, userId } = visit;
  const type = freeAccountType(facts.accounts.value, capability, atMs);
  if (type === null || corpId === null || userId === null) return false;
  const activates = entryActivates(visit.entry, visit.loginNamedAgent);
  const mode = deps.config.activation;
  const force = options.force ?? false;
  const order = { corpId, userId, type, entryActivates: activates, mode, force, cause: ACTIVATION };
  const { settled } = await ensureActivation(deps, order);
  await atMost(settled, Math.min(ACTIVATION_HEAD_START_MS, options.deadlineMs ?? PAGE_DEADLINE_MS));
  return true;
}

async function rememberAllowed(deps: Deps, { atMs, facts, verdict, visit }: Judged): Promise<void> {
  const { corpId, userId } = visit;
  // The grace time must not prolong itself.
  if (corpId === null || userId === null || !isGranted(verdict) || verdict.reason === 'stale_facts') return;
  const { lastAllowed } = facts;
  const recent = lastAllowed !== null && atMs >= lastAllowed.atMs && atMs - lastAllowed.atMs < REMEMBER_EVERY_MS;
  if (recent && lastAllowed.reason === verdict.reason) return;
  await saveLastAllowed(deps.store.db, corpId, userId, { atMs, reason: verdict.reason });
}

function visitKey({ capability, corpId, entry, loginNamedAgent, userId }: Visit): string {
  return `${memberKey(corpId ?? '', userId ?? '')} ${capability} ${entry} ${loginNamedAgent}`;
}

function keepRecentVisit(deps: Deps, judged: Judged, asOfNews: number): void {
  const { atMs, facts, verdict, visit } = judged;
  if (visit.visitor !== 'member' || verdict.outcome === 'wait') return;
  const ttlMs = isGranted(verdict) && facts.reachable ? RECENT_MS.granted : RECENT_MS.refused;
  const staleAtMs =
    facts.reachable && facts.confirmedAtMs !== null ? facts.confirmedAtMs + facts.policy.freshForMs : null;
  const ends = [atMs + ttlMs, verdict.next?.atMs ?? null, staleAtMs].filter((at) => at !== null);
  const expiresAtMs = Math.min(...ends);
  memoryOf(deps).visits.set(visitKey(visit), { judged, asOfNews, expiresAtMs, presented: new Map() });
}
