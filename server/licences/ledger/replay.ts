import type { LedgerEntriesTable } from '../../store/schema';
import { FACT_COLUMNS, type Facts, type Subject } from './facts';

type Entry = Pick<LedgerEntriesTable, 'subject' | 'subject_id' | 'change_json'>;

/** Everything the history of one corp says now: by subject, the facts of each id. */
export type LedgerState = { readonly [S in Subject]: Map<string, Facts> };

export function emptyLedger(): LedgerState {
  return { licence: new Map(), order: new Map(), code: new Map(), seat: new Map() };
}

/** What is known of a subject before its first entry. */
function nothingOf(subject: Subject): Facts {
  return Object.fromEntries(FACT_COLUMNS[subject].map((column) => [column, null]));
}

/** Adds one entry to what the entries before it said. */
export function applyEntry(state: LedgerState, entry: Entry): void {
  const facts = state[entry.subject];
  if (entry.change_json === null) facts.delete(entry.subject_id);
  else {
    const change = JSON.parse(entry.change_json) as Facts;
    facts.set(entry.subject_id, { ...(facts.get(entry.subject_id) ?? nothingOf(entry.subject)), ...change });
  }
}

/** The state that a corp's entries, in order, lead to: what its tables hold (see the test of every history). */
export function replay(entries: Iterable<Entry>): LedgerState {
  const state = emptyLedger();
  for (const entry of entries) applyEntry(state, entry);
  return state;
}
