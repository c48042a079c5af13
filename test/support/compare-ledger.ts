import type { plain } from './ledger-on-record';

const SECOND_MS = 1000;
const GONE = 0;
const AWAITS_PAYMENT = 0;
/** list_order names test orders of test corps only (97184); voiding takes the corp off that list. */
const VOID = 7;
/** Refunded and void. */
const FALLEN = [5, 7];
const PARENT = 8;

/** WeCom's numbers are seconds. */
const inSeconds = (ms: unknown): number | null => (typeof ms === 'number' ? Math.floor(ms / SECOND_MS) : null);

/** A corp as `GET /sandbox/corps/:id` tells it. */
export type Truth = {
  readonly installed: boolean;
  readonly licence: { readonly trial: { readonly end: number } | null };
  readonly autoActivation: boolean;
  readonly everPaid: boolean;
  readonly members: readonly {
    readonly userId: string;
    readonly seats: readonly { type: number; code: string; activeAt: number | null; expiresAt: number | null }[];
  }[];
  readonly orders: readonly {
    readonly orderId: string;
    readonly status: number;
    readonly type: number;
    readonly paidAt: number | null;
    readonly base: number;
    readonly externalContact: number;
    readonly parentId: string | null;
  }[];
  readonly codes: readonly {
    readonly code: string;
    readonly orderId: string;
    readonly type: number;
    readonly status: number;
    readonly userId: string | null;
    readonly expiresAt: number | null;
    readonly mergedInto: string | null;
    readonly sharedTo: string | null;
    readonly sharedFrom: string | null;
  }[];
};

type Ledger = ReturnType<typeof plain>;

type Comparing = {
  /** Corps without the app: what they gave away is told by nobody. */
  readonly silent?: ReadonlySet<string>;
  /** Called with each difference, in words. */
  readonly say: (text: string) => void;
};

/** Compares what is on record about a corp that has the app with what WeCom knows: orders, seats, codes, trial, switch. */
export function compareLedger(truth: Truth, ledger: Ledger, { say, silent = new Set() }: Comparing): void {
  compare('order', ordersOf(truth, ledger.order), pick(ledger.order, ORDER), say);
  compare('seat', seatsOf(truth), liveSeats(ledger.seat, truth), say);
  compare('code', codesOf(truth, silent, ledger.code), pick(ledger.code, CODE), say);
  const licence = (ledger.licence[''] ?? {}) as Record<string, unknown>;
  compare(
    'licence',
    {
      '': {
        auto: Number(truth.autoActivation),
        paid: Number(truth.everPaid),
        trialEnds: inSeconds(truth.licence.trial?.end),
      },
    },
    {
      '': {
        auto: licence['auto_activation'],
        paid: licence['ever_paid'],
        trialEnds: inSeconds(licence['trial_ends_at_ms']),
      },
    },
    say,
  );
}

type Rows = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

function compare(what: string, truth: Rows, ledger: Rows, say: (text: string) => void): void {
  for (const id of new Set([...Object.keys(truth), ...Object.keys(ledger)])) {
    const [is, ours] = [JSON.stringify(truth[id]), JSON.stringify(ledger[id])];
    if (is !== ours) say(`${what} ${id} is ${is ?? 'not there'}, on record ${ours ?? 'nothing'}`);
  }
}

const ORDER = (row: Record<string, unknown>) => ({
  type: row['type'],
  status: row['status'],
  base: row['base_count'],
  external: row['external_contact_count'],
  paid: inSeconds(row['paid_at_ms']),
});

/**
 * Not missed: a void order that nobody told of in time, which no call names any more; and one that ended unpaid before we
 * looked where nothing was ever paid, since that past is not read.
 */
function ordersOf({ everPaid, orders }: Truth, onRecord: Readonly<Record<string, unknown>>): Rows {
  const passedOver = ({ orderId, paidAt, status }: Truth['orders'][number]) =>
    onRecord[orderId] === undefined && (status === VOID || (!everPaid && paidAt === null && status !== AWAITS_PAYMENT));
  const own = orders.filter((order) => order.type !== PARENT && !passedOver(order));
  const told = own.map(({ base, externalContact, orderId, paidAt, status, type }) => [
    orderId,
    { type, status, base, external: externalContact, paid: inSeconds(paidAt) },
  ]);
  return Object.fromEntries(told) as Rows;
}

const CODE = (row: Record<string, unknown>) =>
  row['status'] === GONE
    ? null
    : {
        type: row['type'],
        status: row['status'],
        userId: row['user_id'],
        ends: inSeconds(row['expires_at_ms']),
        mergedInto: row['merged_into'],
        sharedTo: row['shared_to'],
      };

/** WeCom's codes; those that a corp without the app gave, or of an order given back before we heard of it, only if known. */
function codesOf({ codes, orders }: Truth, silent: ReadonlySet<string>, known: Record<string, unknown>): Rows {
  const fallen = new Set(orders.filter((order) => FALLEN.includes(order.status)).map((order) => order.orderId));
  const expected = codes.filter((code) => {
    if (code.code in known) return true;
    return !fallen.has(code.orderId) && !(code.sharedFrom !== null && silent.has(code.sharedFrom));
  });
  const told = expected.map(({ code, expiresAt, mergedInto, sharedTo, status, type, userId }) => [
    code,
    { type, status, userId, ends: inSeconds(expiresAt), mergedInto, sharedTo },
  ]);
  return Object.fromEntries(told) as Rows;
}

function seatsOf({ members }: Truth): Rows {
  const told = members.flatMap(({ seats, userId }) =>
    seats.map(({ activeAt, code, expiresAt, type }) => [
      `${userId}/${type}`,
      { code, active: inSeconds(activeAt), ends: inSeconds(expiresAt) },
    ]),
  );
  return Object.fromEntries(told) as Rows;
}

/** Seats on record that were not handed on. Where no list named its code and its order is unknown here, WeCom's is taken. */
function liveSeats(seats: Record<string, unknown>, truth: Truth): Rows {
  const codeOf = seatsOf(truth);
  const rows = Object.entries(seats as Record<string, Record<string, unknown>>)
    .filter(([, row]) => row['moved_at_ms'] === null)
    .map(([id, row]) => [
      id,
      {
        code: row['active_code'] ?? codeOf[id]?.['code'],
        active: inSeconds(row['active_at_ms']),
        ends: inSeconds(row['expires_at_ms']),
      },
    ]);
  return Object.fromEntries(rows) as Rows;
}

function pick(rows: Record<string, unknown>, columns: (row: Record<string, unknown>) => object | null): Rows {
  const kept = Object.entries(rows as Record<string, Record<string, unknown>>).flatMap(([id, row]) => {
    const told = columns(row);
    return told === null ? [] : [[id, told]];
  });
  return Object.fromEntries(kept) as Rows;
}
