import { isDeepStrictEqual } from 'node:util';
import { forgetCorps } from '../../server/jobs/forget-corps';
import { reconcileCorp, type Reconciled } from '../../server/licences/reconcile';
import { findCorp } from '../../server/store/corps';
import { plain, readReplay, readTables } from '../support/ledger-on-record';
import { tellTruth, type Cast, type Truth } from './play';
import type { Stage } from './stage';

const SECOND_MS = 1000;
const DAY_MS = 86_400_000;
const GONE = 0;
const AWAITS_PAYMENT = 0;
/** list_order names test orders of test corps only (97184); voiding takes the corp off that list. */
const VOID = 7;
/** Refunded and void. */
const FALLEN = [5, 7];
const PARENT = 8;

/** WeCom's numbers are seconds. */
const inSeconds = (ms: unknown): number | null => (typeof ms === 'number' ? Math.floor(ms / SECOND_MS) : null);

/**
 * Ends a history: WeCom answers again and whatever was lost stays lost; every corp is reconciled. Then the ledger must be
 * WeCom's truth, a further reconciliation must find nothing to do, and the entries must replay to the tables.
 * @returns what is wrong, in words; nothing when all is well
 */
export async function judge(stage: Stage, cast: readonly Cast[]): Promise<string[]> {
  await stage.order('faults', { clear: true });
  await stage.order('clock', { advance: '10m' });
  await stage.order('suite-ticket', {});
  await stage.settle(); // Twice: what one corp shares is learnt from the corp that gave it.
  await reconcileAll(stage, cast);
  await bringBack(stage, cast);
  await reconcileAll(stage, cast);
  await forgetClosed(stage);
  const wrong: string[] = [];
  for (const [index, { corpId }] of cast.entries()) {
    const say = (text: string) => wrong.push(`corp ${index}: ${text}`);
    await compareCorp(stage, corpId, cast, say);
    const again = await reconcile(stage, corpId);
    const changes = Object.values(again.counts).reduce((sum, count) => sum + count, 0);
    if (changes > 0) say(`a second reconciliation still changed ${JSON.stringify(again.counts)}`);
    const tables = plain(await readTables(stage.store, corpId));
    const replayed = plain(await readReplay(stage.store, corpId));
    if (!isDeepStrictEqual(tables, replayed))
      say(`replay differs\n  tables ${JSON.stringify(tables)}\n  replay ${JSON.stringify(replayed)}`);
  }
  return wrong;
}

async function reconcileAll(stage: Stage, cast: readonly Cast[]): Promise<void> {
  for (const { corpId } of cast) await reconcile(stage, corpId);
}

function reconcile(stage: Stage, corpId: string): Promise<Reconciled> {
  return reconcileCorp(stage.deps(), corpId, new AbortController().signal);
}

/** An auth_code that was not exchanged in time is lost for good: the corp's administrator installs again. */
async function bringBack(stage: Stage, cast: readonly Cast[]): Promise<void> {
  let lost = false;
  for (const { corpId } of cast) {
    const onRecord = (await findCorp(stage.store.db, corpId))?.status === 'installed';
    if (!onRecord && (await tellTruth(stage, corpId)).installed) lost = true;
  }
  if (!lost) return;
  await stage.order('redeliver', {});
  for (let rounds = 0; rounds < 3; rounds += 1) await stage.settle();
}

/** A removal that nobody told of is seen by the code that WeCom no longer takes: the data goes when a day has passed. */
async function forgetClosed(stage: Stage): Promise<void> {
  const deps = stage.deps();
  const tomorrow = { now: () => deps.clock.now() + DAY_MS };
  await forgetCorps({ ...deps, clock: tomorrow }, {}, new AbortController().signal);
}

async function compareCorp(
  stage: Stage,
  corpId: string,
  cast: readonly Cast[],
  say: (text: string) => void,
): Promise<void> {
  const truth = await tellTruth(stage, corpId);
  const onRecord = (await findCorp(stage.store.db, corpId))?.status === 'installed';
  if (onRecord !== truth.installed) return say(`installed ${truth.installed}, on record ${onRecord}`);
  const ledger = plain(await readTables(stage.store, corpId));
  if (!truth.installed) {
    const left = [...Object.keys(ledger.code), ...Object.keys(ledger.seat), ...Object.keys(ledger.licence)];
    if (left.length > 0) say(`the app is gone, but on record are ${left.join(' ')}`);
    return;
  }
  const silent = await giversNotHeard(stage, cast);
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

/** Corps without the app: what they gave away is told by nobody. */
async function giversNotHeard(stage: Stage, cast: readonly Cast[]): Promise<Set<string>> {
  const silent = new Set<string>();
  for (const { corpId } of cast) if (!(await tellTruth(stage, corpId)).installed) silent.add(corpId);
  return silent;
}

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
