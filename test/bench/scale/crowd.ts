import { sql, type Kysely } from 'kysely';
import type { Database } from '../../../server/store/schema';
import type { Store } from '../../../server/store/store';

/** A store full of corps that all look alike: each with members who hold seats, the codes behind them, and one order. */
export type Crowd = { readonly corps: number; readonly members: number };

export type CrowdMember = { readonly corpId: string; readonly userId: string };

/** Rows of one INSERT: quick enough for the deadline that the server's own connections have. */
const ROWS_AT_ONCE = 20_000;
const DAY_MS = 86_400_000;
const ADMINS = 2;

export const CORP_PREFIX = 'wpBenchCorp';
export const USER_PREFIX = 'woBenchMember';

/** The member at a place of the crowd; places count through all corps before the next member of any. */
export function memberAt({ corps, members }: Crowd, place: number): CrowdMember {
  const corp = place % corps;
  return {
    corpId: `${CORP_PREFIX}${corp}`,
    // Not everybody's first row: the members asked lie spread over their tables.
    userId: `${USER_PREFIX}${(corp + Math.floor(place / corps)) % members}`,
  };
}

/** Fills an empty store by plain SQL that both engines speak; every fact is as if WeCom had confirmed it at `nowMs`. */
export async function seedCrowd({ db, engine }: Store, crowd: Crowd, nowMs: number): Promise<void> {
  const corpsAtOnce = Math.max(1, Math.floor(ROWS_AT_ONCE / crowd.members));
  for (let from = 0; from < crowd.corps; from += corpsAtOnce) {
    const to = Math.min(crowd.corps, from + corpsAtOnce);
    await db.transaction().execute((trx) => seedCorps(trx, { from, to, members: crowd.members }, nowMs));
  }
  // What a store that has been in use for a while has behind it.
  if (engine === 'postgres')
    for (const statement of ['vacuum analyze', 'checkpoint']) await sql.raw(statement).execute(db);
  else await sql.raw('pragma wal_checkpoint(truncate)').execute(db);
}

type Slice = { readonly from: number; readonly to: number; readonly members: number };

async function seedCorps(db: Kysely<Database>, slice: Slice, nowMs: number): Promise<void> {
  for (const { into, select, perMember } of rowsOf(nowMs)) {
    const from = perMember === null ? 'corps' : 'corps cross join members';
    const members = perMember === 'admins' ? Math.min(ADMINS, slice.members) : slice.members;
    await sql
      .raw(
        `insert into ${into}
        with recursive corps(n) as (select ${slice.from} union all select n + 1 from corps where n < ${slice.to - 1}),
          members(n) as (select 0 union all select n + 1 from members where n < ${members - 1})
        select ${select} from ${from}`,
      )
      .execute(db);
  }
}

type Rows = { readonly into: string; readonly select: string; readonly perMember: 'all' | 'admins' | null };

function rowsOf(nowMs: number): Rows[] {
  const corp = `'${CORP_PREFIX}' || corps.n`;
  const user = `'${USER_PREFIX}' || members.n`;
  const code = `'LA' || corps.n || '-' || members.n`;
  const boughtMs = nowMs - 100 * DAY_MS;
  const endsMs = nowMs + 200 * DAY_MS;
  return [
    {
      into: `corps (corp_id, kind, status, name, agent_id, permanent_code_sealed, privilege_json, installer_user_id,
        installed_at_ms, removed_at_ms, event_at_ms, checked_at_ms, source, admins_checked_at_ms)`,
      select: `${corp}, 'third_party', 'installed', 'Corp ' || corps.n, '1000001', 'never opened', null, null,
        ${boughtMs}, null, ${boughtMs}, ${nowMs}, 'api', ${nowMs}`,
      perMember: null,
    },
    {
      into: `corp_licences (corp_id, checking, trial_starts_at_ms, trial_ends_at_ms, licence_checked_at_ms,
        auto_activation, ever_paid, auto_checked_at_ms, ledger_checked_at_ms, orders_read_to_ms, seats_checked_at_ms)`,
      select: `${corp}, 1, ${boughtMs}, ${boughtMs + DAY_MS}, ${nowMs}, 1, 1, ${nowMs}, ${nowMs}, ${nowMs}, ${nowMs}`,
      perMember: null,
    },
    {
      into: `orders (order_id, corp_id, type, status, base_count, external_contact_count, months, days, price_fen,
        created_at_ms, paid_at_ms, codes_state, checked_at_ms)`,
      select: `'OI' || corps.n, ${corp}, 1, 1, 100, 0, 12, null, 1000, ${boughtMs}, ${boughtMs}, 'ready', ${nowMs}`,
      perMember: null,
    },
    {
      into: `corp_admins (corp_id, user_id, auth_type)`,
      select: `${corp}, ${user}, 1`,
      perMember: 'admins',
    },
    {
      into: `members (corp_id, user_id, open_user_id, in_range, range_source, range_checked_at_ms, seats_checked_at_ms,
        seats_source, last_allowed_at_ms, last_allowed_reason, created_at_ms)`,
      select: `${corp}, ${user}, null, 1, 'callback', ${boughtMs}, ${nowMs}, 'api', null, null, ${boughtMs}`,
      perMember: 'all',
    },
    {
      into: `seats (corp_id, user_id, type, active_code, active_at_ms, expires_at_ms, moved_at_ms, source, seen_at_ms)`,
      select: `${corp}, ${user}, 1, ${code}, ${boughtMs}, ${endsMs}, null, 'api', ${nowMs}`,
      perMember: 'all',
    },
    {
      into: `activation_codes (code, corp_id, order_id, type, status, user_id, created_at_ms, active_at_ms,
        expires_at_ms, checked_at_ms)`,
      select: `${code}, ${corp}, 'OI' || corps.n, 1, 2, ${user}, ${boughtMs}, ${boughtMs}, ${endsMs}, ${nowMs}`,
      perMember: 'all',
    },
    {
      into: `sessions (sid_hash, kind, client, corp_id, user_id, open_user_id, open_id, entry, login_named_agent,
        created_at_ms, expires_at_ms)`,
      select: `'of nobody ' || members.n || ' ' || corps.n, 'member', 'h5', ${corp}, ${user}, null, null, 'workbench', 0,
        ${nowMs}, ${nowMs + 7 * DAY_MS}`,
      perMember: 'all',
    },
  ];
}
