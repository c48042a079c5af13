import type { Facts } from '../../../domain/facts';
import { bannerCloses, showsBanner, showsSheet } from '../../../domain/notice';
import type { Verdict } from '../../../domain/verdict';
import type { Language } from '../../../domain/words/messages';
import type { Config } from '../../config';
import type { Judged } from '../../licences/judged';
import { speak } from '../../words';
import type { VerdictView } from '../contract/verdict';
import { presentActions } from './actions';
import { createPhrases } from './phrases';
import { presentSentence } from './sentence';
import { presentTime } from './time';
import { presentWhy } from './why';

export type PresentOptions = {
  readonly lang: Language;
  readonly config: Pick<Config, 'utcOffsetMinutes' | 'purchaseUrl'>;
  readonly corpId: string | null;
  /** When the verdict was made. */
  readonly nowMs: number;
};

/** How often a waiting page asks again: quickly at first, then as an activation takes longer. */
const WAIT_MS = { least: 500, most: 2000 } as const;
/** How soon a page may ask again while WeCom is making codes. */
const GENERATING_MS = 15_000;

/** A verdict as clients get it: JSON, with its words in the person's language. The only way out for a verdict. */
export function presentVerdict(facts: Facts, verdict: Verdict, options: PresentOptions): VerdictView {
  const { config, corpId, lang, nowMs } = options;
  const say = speak(lang);
  const telling = { facts, verdict, nowMs, say, phrases: createPhrases(say, nowMs, config) };
  const banner = showsBanner(verdict);
  const retryAfterMs = retryOf(facts, verdict, nowMs);
  return {
    outcome: verdict.outcome,
    reason: verdict.reason,
    capability: verdict.capability,
    until: verdict.untilMs === null ? null : presentTime(verdict.untilMs, config),
    daysLeft: verdict.daysLeft,
    audience: verdict.audience,
    actions: presentActions(verdict, say, config),
    next: verdict.next && { at: presentTime(verdict.next.atMs, config), reason: verdict.next.reason },
    ...(retryAfterMs === null ? {} : { retryAfterMs }),
    checkedAt: presentTime(facts.confirmedAtMs ?? nowMs, config),
    factsAgeMs: Math.max(0, nowMs - (facts.confirmedAtMs ?? nowMs)),
    corpId,
    title: say(`title.${verdict.reason}`),
    sentence: presentSentence(telling),
    banner,
    bannerCloses: banner && bannerCloses(verdict),
    sheet: showsSheet(verdict),
    why: presentWhy(telling),
    ...(verdict.audience === 'admin' ? { trace: verdict.trace.map(copyRow) } : {}),
  };
}

/** A judged visit as clients get it. */
export function presentJudged(judged: Judged, options: Pick<PresentOptions, 'lang' | 'config'>): VerdictView {
  const { atMs, facts, verdict, visit } = judged;
  return presentVerdict(facts, verdict, { ...options, corpId: visit.corpId, nowMs: atMs });
}

function copyRow({ facts, matched, rule }: Verdict['trace'][number]) {
  // What is only assumed was never read, so it has no age.
  return { rule, matched, facts: facts.map((fact) => (fact.source === 'default' ? { ...fact, ageMs: 0 } : fact)) };
}

function retryOf({ activation }: Facts, { outcome, reason }: Verdict, nowMs: number): number | null {
  if (reason === 'codes_generating') return GENERATING_MS;
  if (outcome !== 'wait') return null;
  const runningMs = activation === null ? 0 : nowMs - activation.startedAtMs;
  return Math.min(WAIT_MS.most, Math.max(WAIT_MS.least, Math.round(runningMs / 2)));
}
