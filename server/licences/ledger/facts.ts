import type {
  ActivationCodesTable,
  CorpLicencesTable,
  LedgerEntriesTable,
  OrdersTable,
  SeatsTable,
} from '../../store/schema';

/** What a fact can be about. */
export type Subject = LedgerEntriesTable['subject'];

/** The row behind each subject. */
export type RowOf = {
  licence: CorpLicencesTable;
  order: OrdersTable;
  code: ActivationCodesTable;
  seat: SeatsTable;
};

/** Values of a row's fact columns, by column. */
export type Facts = Readonly<Record<string, string | number | null>>;

/**
 * The columns that are facts of WeCom's; the others say when we looked and from whom we heard. An order's `codes_state`
 * is one: whether its codes were there when it was asked for them.
 */
export const FACT_COLUMNS: { readonly [S in Subject]: readonly (keyof RowOf[S] & string)[] } = {
  licence: ['checking', 'trial_starts_at_ms', 'trial_ends_at_ms', 'check_from_ms', 'auto_activation', 'ever_paid'],
  order: [
    'type',
    'status',
    'base_count',
    'external_contact_count',
    'months',
    'days',
    'new_expire_at_ms',
    'parent_order_id',
    'price_fen',
    'created_at_ms',
    'paid_at_ms',
    'codes_state',
  ],
  code: [
    'order_id',
    'type',
    'status',
    'user_id',
    'created_at_ms',
    'active_at_ms',
    'expires_at_ms',
    'merged_into',
    'merged_from',
    'shared_to',
    'shared_from',
  ],
  seat: ['active_code', 'active_at_ms', 'expires_at_ms', 'moved_at_ms'],
};

/** The facts of a row. */
export function factsOf<S extends Subject>(subject: S, row: RowOf[S]): Facts {
  return Object.fromEntries(FACT_COLUMNS[subject].map((column) => [column, row[column] as string | number | null]));
}

/** Whether two rows tell the same facts; most do, and are looked at by the thousand. */
export function saysTheSame<S extends Subject>(subject: S, one: RowOf[S], other: RowOf[S]): boolean {
  return FACT_COLUMNS[subject].every((column) => one[column] === other[column]);
}

/** What a row says that a known one does not; null when nothing. Of a row never known, everything. */
export function changeOf(known: Facts | null, facts: Facts): Facts | null {
  const changed = Object.entries(facts).filter(([column, value]) => known === null || known[column] !== value);
  return changed.length === 0 ? null : Object.fromEntries(changed);
}
