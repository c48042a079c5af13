import { decideVerdict } from '../../domain/verdict';
import type { Deps } from '../deps';
import { isGranted, type Judged, type Visit } from './judged';
import { memberKey, memoryOf } from './process-memory';

/** Keeps what a member's visit was judged by, for `judgeFromMemory`. */
export function keepLastJudged(deps: Deps, judged: Judged, asOfNews: number): void {
  const key = keyOf(judged.visit);
  if (key !== null && judged.facts.reachable) memoryOf(deps).lastJudged.set(key, { judged, asOfNews });
}

/**
 * Judges a visit by what this process knew last, while the store cannot be reached: as old facts that nobody confirms, so
 * that the rule of silence and its grace time decide. Null when nothing is known, or news since says that it is not so.
 */
export function judgeFromMemory(deps: Deps, visit: Visit): Judged | null {
  const key = keyOf(visit);
  const last = key === null ? undefined : memoryOf(deps).lastJudged.get(key);
  if (last === undefined || visit.corpId === null || visit.userId === null) return null;
  if (memoryOf(deps).heardSince(last.asOfNews, visit.corpId, visit.userId)) return null;
  const { atMs: knownAtMs, facts: known, verdict: before } = last.judged;
  const { entry, loginNamedAgent } = visit;
  const lastAllowed = isGranted(before) ? { atMs: knownAtMs, reason: before.reason } : known.lastAllowed;
  const facts = { ...known, entry, loginNamedAgent, lastAllowed, reachable: false };
  const atMs = deps.clock.now();
  return { visit, facts, verdict: decideVerdict(facts, atMs), atMs };
}

function keyOf({ capability, corpId, userId, visitor }: Visit): string | null {
  return visitor === 'member' && corpId !== null && userId !== null
    ? `${memberKey(corpId, userId)} ${capability}`
    : null;
}
