import type { Deps } from '../../deps';
import { findCorpLicence, saveSeenTimes } from '../../store/corp-licences';
import type { CorpLicencesTable } from '../../store/schema';
import type { LicenceFacts } from './books';
import { isNewer } from './is-newer';

type Part = {
  readonly columns: readonly (keyof LicenceFacts)[];
  readonly seenAt: 'licence_seen_at_ms' | 'auto_seen_at_ms';
  readonly checkedAt: 'licence_checked_at_ms' | 'auto_checked_at_ms';
};

/** Two calls tell of a corp's licence, so each half is as new as its own. */
const PARTS: readonly Part[] = [
  {
    columns: ['checking', 'trial_starts_at_ms', 'trial_ends_at_ms', 'check_from_ms'],
    seenAt: 'licence_seen_at_ms',
    checkedAt: 'licence_checked_at_ms',
  },
  { columns: ['auto_activation', 'ever_paid'], seenAt: 'auto_seen_at_ms', checkedAt: 'auto_checked_at_ms' },
];

/** What of an answer counts, each call's facts apart, and the times to keep with it. */
export type LicenceNews = {
  readonly facts: readonly LicenceFacts[];
  readonly times: Partial<Pick<CorpLicencesTable, Part['seenAt'] | Part['checkedAt']>>;
};

/** Those parts of an answer of which the record knows nothing newer: an answer may be slow, and come after a later one. */
export function newsOfLicence(
  record: CorpLicencesTable | null,
  told: LicenceFacts,
  observedAtMs: number,
  nowMs: number,
): LicenceNews {
  const news = PARTS.filter(
    ({ columns, seenAt }) =>
      columns.some((column) => column in told) && !isNewer(record?.[seenAt] ?? 0, observedAtMs, nowMs),
  );
  const times = news.flatMap(({ checkedAt, seenAt }) => [
    [seenAt, observedAtMs],
    [checkedAt, observedAtMs],
  ]);
  const factsOf = ({ columns }: Part): LicenceFacts =>
    Object.fromEntries(columns.filter((column) => column in told).map((column) => [column, told[column]]));
  return {
    facts: news.map(factsOf),
    times: Object.fromEntries(times) as LicenceNews['times'],
  };
}

/**
 * Whether the record already says what was told, or knows something newer, as it nearly always does: then only the times
 * are kept, with nothing locked.
 */
export async function confirmLicence(
  { clock, store }: Pick<Deps, 'clock' | 'store'>,
  corpId: string,
  observedAtMs: number,
  told: LicenceFacts,
): Promise<boolean> {
  const record = await findCorpLicence(store.db, corpId);
  if (record === null) return false;
  const { facts, times } = newsOfLicence(record, told, observedAtMs, clock.now());
  const news: LicenceFacts = Object.assign({}, ...facts);
  if (Object.entries(news).some(([column, value]) => record[column as keyof LicenceFacts] !== value)) return false;
  if (facts.length > 0) await saveSeenTimes(store.db, corpId, times, clock.now());
  return true;
}
