import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { writeLedger, type Origin, type Told } from '../../server/licences/ledger/write-ledger';
import { findCorpLicence, saveCorpLicence } from '../../server/store/corp-licences';
import { saveInstalledCorp, saveRemovedCorp } from '../../server/store/corps';
import { findLedger } from '../../server/store/ledger';
import type { ActivationCodesTable, CorpsTable, OrdersTable, SeatsTable } from '../../server/store/schema';
import { listSeatsOfMember } from '../../server/store/seats';
import { listCorpsToTeach, listSharesToLearn } from '../../server/store/shared-codes';
import { openStore, type Store } from '../../server/store/store';
import type { Deps } from '../../server/deps';
import { plain, readHistory, readReplay, readTables } from '../support/ledger-on-record';
import { startPostgres, type TestPostgres } from '../support/postgres';

let postgres: TestPostgres;
let folder = '';
beforeAll(async () => {
  postgres = await startPostgres();
  folder = await mkdtemp(path.join(tmpdir(), 'gate-ledger-'));
});
afterAll(async () => {
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});

const NOW = 1_795_000_000_000;
const DAY = 86_400_000;
const CORP = 'wp1';

const order = (over: Partial<OrdersTable> = {}): OrdersTable => ({
  order_id: 'o1',
  corp_id: CORP,
  type: 1,
  status: 1,
  base_count: 2,
  external_contact_count: 0,
  months: 12,
  days: null,
  new_expire_at_ms: null,
  parent_order_id: null,
  price_fen: 1000,
  created_at_ms: NOW - DAY,
  paid_at_ms: NOW,
  codes_state: 'ready',
  checked_at_ms: NOW,
  followed_status: null,
  ...over,
});
const code = (over: Partial<ActivationCodesTable> = {}): ActivationCodesTable => ({
  corp_id: CORP,
  code: 'c1',
  order_id: 'o1',
  type: 1,
  status: 1,
  user_id: null,
  created_at_ms: NOW,
  active_at_ms: null,
  expires_at_ms: null,
  merged_into: null,
  merged_from: null,
  shared_to: null,
  shared_from: null,
  checked_at_ms: NOW,
  ...over,
});
const corp = (corpId: string): CorpsTable => ({
  corp_id: corpId,
  kind: 'third_party',
  status: 'installed',
  name: null,
  agent_id: null,
  permanent_code_sealed: null,
  privilege_json: null,
  installer_user_id: null,
  installed_at_ms: NOW,
  removed_at_ms: null,
  event_at_ms: NOW,
  checked_at_ms: NOW,
  source: 'api',
  admins_checked_at_ms: 0,
});
const seat = (over: Partial<SeatsTable> = {}): SeatsTable => ({
  corp_id: CORP,
  user_id: 'alice',
  type: 1,
  active_code: 'c1',
  active_at_ms: NOW,
  expires_at_ms: NOW + DAY,
  moved_at_ms: null,
  source: 'api',
  seen_at_ms: NOW,
  ...over,
});

/** What WeCom might say next: few ids, so that the same things change again and again. */
const arbitraryTold: fc.Arbitrary<Told> = fc.record({
  orders: fc.array(
    fc
      .record({ order_id: fc.constantFrom('o1', 'o2'), status: fc.nat({ max: 7 }), price_fen: fc.nat({ max: 2 }) })
      .map(order),
    { maxLength: 3 },
  ),
  codes: fc.array(
    fc
      .record({
        code: fc.constantFrom('c1', 'c2', 'c3'),
        status: fc.nat({ max: 6 }),
        user_id: fc.constantFrom(null, 'alice', 'bob'),
        merged_into: fc.constantFrom(null, 'c9'),
      })
      .map(code),
    { maxLength: 4 },
  ),
  seats: fc.array(
    fc
      .record({
        user_id: fc.constantFrom('alice', 'bob'),
        type: fc.constantFrom(1, 2),
        active_code: fc.constantFrom(null, 'c1', 'c2'),
        active_at_ms: fc.constantFrom(null, NOW, NOW + 1),
        moved_at_ms: fc.constantFrom(null, NOW),
        expires_at_ms: fc.constantFrom(NOW, NOW + DAY),
      })
      .map(seat),
    { maxLength: 4 },
  ),
  goneSeats: fc.array(fc.record({ user_id: fc.constantFrom('alice', 'bob'), type: fc.constantFrom(1, 2) }), {
    maxLength: 1,
  }),
  licence: fc.record({ checking: fc.nat({ max: 1 }), ever_paid: fc.nat({ max: 1 }) }, { requiredKeys: [] }),
});

describe.each<[string, () => Promise<string>, number]>([
  ['embedded', async () => mkdtemp(path.join(folder, 'store-')), 60],
  ['PostgreSQL', () => postgres.createDatabase(), 25],
])('the ledger on the %s store', (_, makePlace, histories) => {
  let store: Store;
  let deps: Deps;
  beforeAll(async () => {
    store = await openStore(await makePlace());
    deps = { store, clock: { now: () => NOW } } as Deps;
  });
  afterAll(() => store.close());

  const origin: Origin = { source: 'api', cause: 'visit', observedAtMs: NOW };
  const write = (told: Told, corpId = CORP, from = origin) =>
    store.transaction((trx) => writeLedger(deps, trx, corpId, from, told));
  const rename = <T extends { corp_id: string }>(rows: readonly T[] | undefined, corpId: string, id?: keyof T) =>
    rows?.map((row) => ({ ...row, corp_id: corpId, ...(id && { [id]: `${corpId}-${String(row[id])}` }) }));

  test('replaying any history gives what the tables hold, its entries numbered without a gap', async () => {
    let number = 0;
    const history = fc.array(arbitraryTold, { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(history, async (steps) => {
        const corpId = `wp-any-${(number += 1)}`;
        const own = (told: Told): Told => ({
          ...told,
          orders: rename(told.orders, corpId, 'order_id') ?? [],
          codes: rename(told.codes, corpId) ?? [],
          seats: rename(told.seats, corpId) ?? [],
        });
        for (const told of steps) await write(own(told), corpId);
        const tables = plain(await readTables(store, corpId));
        expect(plain(await readReplay(store, corpId))).toEqual(tables);
        const entries = await readHistory(store, corpId);
        expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_entry, index) => index + 1));
      }),
      { numRuns: histories },
    );
  });

  test('what is told twice is written once', async () => {
    const told = { orders: [order()], codes: [code()], seats: [seat()], licence: { ever_paid: 1 } };
    expect(await write(told)).toEqual({ licence: 1, order: 1, code: 1, seat: 1 });
    expect(await write(told)).toEqual({ licence: 0, order: 0, code: 0, seat: 0 });
    expect((await readHistory(store, CORP)).map(({ kind }) => kind)).toEqual([
      'first_payment',
      'order_paid',
      'code_made',
      'seat_given',
    ]);
  });

  test('an entry names source, cause, our time and WeCom’s', async () => {
    const later: Origin = { source: 'callback', cause: 'auto_activate', observedAtMs: NOW + 5, eventAtMs: NOW + 3 };
    await write(
      { seats: [seat({ corp_id: 'wp-named', user_id: 'dora', active_at_ms: NOW + 2, seen_at_ms: NOW })] },
      'wp-named',
      later,
    );
    await write(
      { seats: [seat({ corp_id: 'wp-named', user_id: 'dora', active_at_ms: NOW + 2, moved_at_ms: NOW })] },
      'wp-named',
      later,
    );
    expect(await readHistory(store, 'wp-named')).toMatchObject([
      {
        subject_id: 'dora/1',
        source: 'callback',
        cause: 'auto_activate',
        observed_at_ms: NOW + 5,
        wecom_at_ms: NOW + 2,
      },
      { kind: 'seat_moved', wecom_at_ms: NOW + 3, change_json: JSON.stringify({ moved_at_ms: NOW }) },
    ]);
  });

  test('an answer older than what is on record changes nothing, unless the clock has been set back', async () => {
    await write({ codes: [code({ code: 'late', status: 2, checked_at_ms: NOW })] });
    expect((await write({ codes: [code({ code: 'late', status: 1, checked_at_ms: NOW - 1 })] })).code).toBe(0);
    await write({ codes: [code({ code: 'late', status: 2, user_id: 'x', checked_at_ms: NOW + 1000 })] });
    expect((await write({ codes: [code({ code: 'late', status: 1, checked_at_ms: NOW })] })).code).toBe(1);
  });

  test('an older answer about the licence changes nothing and moves no time back, each part by its own time', async () => {
    const at = (observedAtMs: number): Origin => ({ ...origin, observedAtMs });
    const row = () => findCorpLicence(store.db, 'wp-slow');
    expect((await write({ licence: { auto_activation: 1 } }, 'wp-slow', at(NOW - 10))).licence).toBe(1);
    expect((await write({ licence: { auto_activation: 0 } }, 'wp-slow', at(NOW - 20))).licence).toBe(0);
    expect((await write({ licence: { checking: 1 } }, 'wp-slow', at(NOW - 20))).licence).toBe(1);
    const times = { auto_checked_at_ms: NOW - 10, licence_checked_at_ms: NOW - 20 };
    expect(await row()).toMatchObject({ auto_activation: 1, checking: 1, ...times });
    expect((await readHistory(store, 'wp-slow')).map(({ kind }) => kind)).toEqual(['licence_read', 'licence_read']);
  });

  test('an answer that changes nothing still bars those before it, and doubt about it bars none after it', async () => {
    const at = (observedAtMs: number): Origin => ({ ...origin, observedAtMs });
    await write({ licence: { auto_activation: 1 } }, 'wp-same', at(NOW - 30));
    await write({ licence: { auto_activation: 1 } }, 'wp-same', at(NOW - 10));
    await saveCorpLicence(store.db, 'wp-same', { auto_checked_at_ms: 0 });
    expect((await write({ licence: { auto_activation: 0 } }, 'wp-same', at(NOW - 20))).licence).toBe(0);
    expect(await findCorpLicence(store.db, 'wp-same')).toMatchObject({ auto_activation: 1, auto_checked_at_ms: 0 });
    expect((await write({ licence: { auto_activation: 0 } }, 'wp-same', at(NOW - 5))).licence).toBe(1);
  });

  test('a licence seen by a clock that was ahead is put right by the next answer', async () => {
    await write({ licence: { checking: 0 } }, 'wp-ahead', { ...origin, observedAtMs: NOW + 1000 });
    expect((await write({ licence: { checking: 1 } }, 'wp-ahead')).licence).toBe(1);
    expect(await findCorpLicence(store.db, 'wp-ahead')).toMatchObject({ checking: 1, licence_seen_at_ms: NOW });
  });

  test('a seat seen after the reading that misses it stays; one seen before it goes', async () => {
    const own = (over: Partial<SeatsTable>) => seat({ corp_id: 'wp-missed', seen_at_ms: NOW - 10, ...over });
    await write({ seats: [own({ user_id: 'early' }), own({ user_id: 'late', seen_at_ms: NOW - 1 })] }, 'wp-missed');
    const goneSeats = ['early', 'late'].map((userId) => ({ user_id: userId, type: 1 }));
    expect((await write({ goneSeats }, 'wp-missed', { ...origin, observedAtMs: NOW - 5 })).seat).toBe(1);
    expect([...(await readTables(store, 'wp-missed')).seat.keys()]).toEqual(['late/1']);
    expect(plain(await readReplay(store, 'wp-missed'))).toEqual(plain(await readTables(store, 'wp-missed')));
  });

  test('a listing without codes keeps the code of who was bound at the same moment, and only that', async () => {
    await write({ seats: [seat({ user_id: 'erin' })] });
    await write({ seats: [seat({ user_id: 'erin', active_code: null, expires_at_ms: NOW + 9 * DAY })] });
    const codes = async () => (await listSeatsOfMember(store.db, CORP, 'erin')).map((row) => row.active_code);
    expect(await codes()).toEqual(['c1']);
    await write({ seats: [seat({ user_id: 'erin', active_code: null, active_at_ms: NOW + DAY })] });
    expect(await codes()).toEqual([null]);
  });

  test('writers at once each get their own numbers', async () => {
    const writers = Array.from({ length: 12 }, (_unused, index) =>
      write({ codes: [code({ code: `many-${index}`, corp_id: 'wp-many' })] }, 'wp-many'),
    );
    await Promise.all(writers);
    expect((await readHistory(store, 'wp-many')).map(({ seq }) => seq)).toEqual(writers.map((_writer, i) => i + 1));
    expect((await findLedger(store.db, 'wp-many'))?.last_seq).toBe(writers.length);
  });

  test('a code shared between two corps is known to both, each in its own way', async () => {
    await write({ codes: [code({ code: 'shared', corp_id: 'wp-up', status: 6, shared_to: 'wp-down' })] }, 'wp-up');
    await write({ codes: [code({ code: 'shared', corp_id: 'wp-down', shared_from: 'wp-up' })] }, 'wp-down');
    expect((await readTables(store, 'wp-up')).code.get('shared')).toMatchObject({ status: 6 });
    expect((await readTables(store, 'wp-down')).code.get('shared')).toMatchObject({ status: 1 });
  });

  test('a shared code is to be learnt by its receiver alone, once, and only where the app is installed', async () => {
    const given = (name: string, to: string) => code({ code: name, corp_id: 'wp-giver', status: 6, shared_to: to });
    const rows = [given('s1', 'wp-taker'), given('s2', 'wp-taker'), given('s3', 'wp-appless')];
    await write({ codes: [...rows, { ...given('s4', 'wp-taker'), status: 0 }] }, 'wp-giver');
    const learns = (corpId: string, after = '') => listSharesToLearn(store.db, corpId, after, 10);
    expect([await learns('wp-taker'), await listCorpsToTeach(store.db, 'wp-giver')]).toEqual([[], []]);
    await saveInstalledCorp(store.db, corp('wp-taker'));
    expect([await learns('wp-taker'), await learns('wp-taker', 's1')]).toEqual([['s1', 's2'], ['s2']]);
    expect([await learns('wp-appless'), await learns('wp-giver')]).toEqual([[], []]);
    expect(await listCorpsToTeach(store.db, 'wp-giver')).toEqual(['wp-taker']);
    const own = ['s1', 's2'].map((name) => code({ code: name, corp_id: 'wp-taker', shared_from: 'wp-giver' }));
    await write({ codes: own }, 'wp-taker');
    expect([await learns('wp-taker'), await listCorpsToTeach(store.db, 'wp-giver')]).toEqual([[], []]);
  });

  test('what was read of a corp before it removed the app is not written after', async () => {
    await saveRemovedCorp(store.db, { corpId: 'wp-gone', kind: 'third_party', eventAtMs: NOW, nowMs: NOW });
    const told = { codes: [code({ corp_id: 'wp-gone' })], seats: [seat({ corp_id: 'wp-gone' })] };
    expect(await write(told, 'wp-gone')).toEqual({ licence: 0, order: 0, code: 0, seat: 0 });
    expect(plain(await readTables(store, 'wp-gone'))).toMatchObject({ code: {}, seat: {} });
  });
});
