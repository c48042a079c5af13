import { DAY_MS, localDay } from '../../domain/calendar';
import type { Deps } from '../deps';
import { listCorpsUnreadSince, listCorpsWithEndedSeats } from '../store/corps-due';
import { listInstalledCorpsAfter } from '../store/corps';
import type { JobKind } from './kinds';
import { enqueueJob, type NewJob } from './queue';
import { spreadMs } from './spread';

const HOUR_MS = 3_600_000;
/** Reconciliation begins at one and every corp has begun by six, when people begin to work. */
export const NIGHT = { fromHour: 1, hours: 5 } as const;
/** By day what the night missed is made up for within an hour, or faster where few corps are concerned. */
const CATCH_UP_MS = HOUR_MS;
const CATCH_UP_PER_CORP_MS = 5000;

/** Trial and checking are read twice a day; they change when somebody pays, moves a date or WeCom's rules begin. */
const TRIAL_FRESH_MS = 12 * HOUR_MS;
/** One slot's share: every ten minutes so many, so that a day takes far more corps than there are. */
const TRIALS_A_SLOT = 500;
const TRIALS_WITHIN_MS = 8 * 60_000;
const TRIAL_PER_CORP_MS = 1000;

const CORPS_A_PAGE = 1000;

type CorpKind = Extract<JobKind, 'reconcile-corp' | 'refresh-trial' | 'refresh-ended'>;

/** Asks for each corp's reconciliation of this night, each at its own time of the night. */
export async function planReconciliation(deps: Deps): Promise<void> {
  const nowMs = deps.clock.now();
  const { utcOffsetMinutes } = deps.config;
  const today = localDay(nowMs, utcOffsetMinutes);
  const nightFromMs = today * DAY_MS - utcOffsetMinutes * 60_000 + NIGHT.fromHour * HOUR_MS;
  const isNight = nowMs < nightFromMs + NIGHT.hours * HOUR_MS;
  const corpIds = await listEveryCorp(deps);
  const withinMs = isNight ? NIGHT.hours * HOUR_MS : Math.min(CATCH_UP_MS, corpIds.length * CATCH_UP_PER_CORP_MS);
  const place = { fromMs: isNight ? nightFromMs : nowMs, withinMs, more: { trusting: true } };
  for (const corpId of corpIds) await ask(deps, 'reconcile-corp', corpId, { key: `${corpId}/${today}`, ...place });
}

async function listEveryCorp({ store }: Deps): Promise<string[]> {
  const corpIds: string[] = [];
  for (let page; page === undefined || page.length > 0; corpIds.push(...page))
    page = await listInstalledCorpsAfter(store.db, corpIds.at(-1) ?? '', CORPS_A_PAGE);
  return corpIds;
}

/** Asks for the trial of every corp that was not read for long, or never: one job per corp, however often it fails. */
export async function planTrials(deps: Deps): Promise<void> {
  const nowMs = deps.clock.now();
  const kind = 'refresh-trial';
  const corpIds = await listCorpsUnreadSince(deps.store.db, nowMs - TRIAL_FRESH_MS, TRIALS_A_SLOT, kind);
  const place = { fromMs: nowMs, withinMs: Math.min(TRIALS_WITHIN_MS, corpIds.length * TRIAL_PER_CORP_MS) };
  for (const corpId of corpIds) await ask(deps, kind, corpId, { key: corpId, again: true, ...place });
}

/**
 * What ended a moment ago may have been renewed: it is read once, so that nobody is refused in error. The end is part of
 * the key, so that each further one is followed too, however soon.
 */
export async function followEnds(deps: Deps): Promise<void> {
  const nowMs = deps.clock.now();
  const ended = await listCorpsWithEndedSeats(deps.store.db, nowMs - DAY_MS, nowMs);
  const place = { fromMs: nowMs, withinMs: ended.length * CATCH_UP_PER_CORP_MS };
  for (const { corpId, lastEndedAtMs } of ended) {
    await ask(deps, 'refresh-ended', corpId, { key: `${corpId}/${lastEndedAtMs}`, ...place });
    deps.events.changed({ corpId, userId: null });
  }
}

type Place = { readonly fromMs: number; readonly withinMs: number };
type Asked = Place & Pick<NewJob, 'key' | 'again'> & { readonly more?: { readonly trusting: boolean } };

/** One corp's job, at the corp's place within a span. */
async function ask({ store }: Deps, kind: CorpKind, corpId: string, asked: Asked): Promise<void> {
  const { again = false, fromMs, key, more, withinMs } = asked;
  const runAtMs = fromMs + spreadMs(corpId, withinMs);
  await enqueueJob(store.db, { kind, key, corpId, payload: { corpId, ...more }, runAtMs, again });
}
