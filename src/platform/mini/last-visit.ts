import type { VerdictView } from '../../../server/http/contract/verdict';
import type { VisitView } from '../../../server/http/contract/visit';
import { nowMs } from '../clock';
import { readItem, writeItem } from '../storage';
import { miniWordsOf } from './words';

/** A visit as it was last judged, and when it came by this device's clock. */
type Kept = { readonly visit: VisitView; readonly atMs: number };

const KEY = 'gate.last-visit';
const MINUTE_MS = 60_000;

function readKept(): Kept | null {
  try {
    const kept = JSON.parse(readItem(KEY) ?? 'null') as Partial<Kept> | null;
    return kept?.visit?.verdict && typeof kept.atMs === 'number' ? (kept as Kept) : null;
  } catch {
    return null;
  }
}

function isGranted({ outcome }: Pick<VerdictView, 'outcome'>): boolean {
  return outcome === 'allow' || outcome === 'warn';
}

/** Keeps what the server judged, for when it cannot be reached; a verdict that is itself a makeshift keeps nothing alive. */
export function keepVisit(visit: VisitView): void {
  if (visit.verdict.reason === 'stale_facts') return;
  writeItem(KEY, isGranted(visit.verdict) ? JSON.stringify({ visit, atMs: nowMs() } satisfies Kept) : '');
}

/** Forgets it: the session it belonged to has ended. */
export function dropVisit(): void {
  writeItem(KEY, '');
}

/** A moment as the wire has it, on this device's wall. */
function isoOf(ms: number): string {
  const shiftMinutes = -new Date(ms).getTimezoneOffset();
  const digits = (minutes: number): string => String(Math.abs(minutes)).padStart(2, '0');
  const offset = `${digits(Math.trunc(shiftMinutes / 60))}:${digits(shiftMinutes % 60)}`;
  const wall = new Date(ms + shiftMinutes * MINUTE_MS).toISOString().slice(0, 19);
  return `${wall}${shiftMinutes < 0 ? '-' : '+'}${offset}`;
}

function recheckAction(lang: VisitView['lang']): VerdictView['actions'][number] {
  return { id: 'recheck', label: miniWordsOf(lang).recheck, kind: 'post', href: null };
}

/** A verdict this device gives by itself: what it says, and to look again. */
function ownVerdict(lang: VisitView['lang'], over: Partial<VerdictView>): VerdictView {
  return {
    outcome: 'block',
    reason: 'facts_unavailable',
    capability: 'base',
    until: null,
    daysLeft: null,
    audience: 'member',
    actions: [recheckAction(lang)],
    next: null,
    checkedAt: isoOf(nowMs()),
    factsAgeMs: 0,
    corpId: null,
    ...miniWordsOf(lang).unavailable,
    banner: false,
    bannerCloses: false,
    sheet: false,
    why: [],
    ...over,
  };
}

/** A person without a WeCom account, by their own word: there is nobody to ask, and nothing but public labels to see. */
export function outsiderVerdict(lang: VisitView['lang']): VerdictView {
  return ownVerdict(lang, { outcome: 'allow', reason: 'outsider_free', actions: [], title: '', sentence: '' });
}

/** Nothing is known and nobody can be asked. */
export function unavailableVerdict(lang: VisitView['lang']): VerdictView {
  return ownVerdict(lang, {});
}

/**
 * The last visit that let the person in, said to be old, while the server's grace time lasts; null when there is none. A
 * right whose end was known does not outlive it.
 */
export function staleVisit(): VisitView | null {
  const kept = readKept();
  if (kept === null) return null;
  const { visit, atMs } = kept;
  const ageMs = nowMs() - atMs;
  const untilMs = visit.verdict.until === null ? Infinity : Date.parse(visit.verdict.until);
  if (ageMs < 0 || ageMs > visit.graceMs || nowMs() >= untilMs) return null;
  const words = miniWordsOf(visit.lang);
  const { title, sentence } = words.stale;
  const { audience, capability, checkedAt, corpId, factsAgeMs } = visit.verdict;
  const verdict = ownVerdict(visit.lang, {
    outcome: 'warn',
    reason: 'stale_facts',
    title,
    sentence: sentence(words.age(Math.floor(ageMs / MINUTE_MS))),
    banner: true,
    ...{ audience, capability, checkedAt, corpId },
    factsAgeMs: factsAgeMs + ageMs,
  });
  return { ...visit, verdict, request: null };
}
