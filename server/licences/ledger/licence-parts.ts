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
