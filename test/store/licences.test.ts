import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { countCodes, findCodeOfMember, saveCodes } from '../../server/store/activation-codes';
import {
  claimActivation,
  completeActivations,
  endActivation,
  listActivations,
  renewClaim,
} from '../../server/store/activations';
import { findCorpLicence, saveCorpLicence } from '../../server/store/corp-licences';
import { saveInstalledCorp } from '../../server/store/corps';
import {
  ensureMember,
  findMember,
  isKnownMember,
  markSeatsDoubtful,
  markSeatsRead,
  saveNewerRange,
  saveRange,
} from '../../server/store/members';
import { markOrderFollowed, markOrdersFollowed, saveOrders } from '../../server/store/orders';
import { listOrdersToPoll } from '../../server/store/orders-due';
import { findRecord, insertRecords, listRecords, updateRecord } from '../../server/store/records';
import { fileRequest, findOpenRequest, listOpenRequests, settleRequest } from '../../server/store/requests';
import type {
  ActivationCodesTable,
  CorpsTable,
  OrdersTable,
  RecordsTable,
  SeatsTable,
} from '../../server/store/schema';
import { saveSeats } from '../../server/store/seats';
import { openStore, type Store } from '../../server/store/store';
import { startPostgres, type TestPostgres } from '../support/postgres';

let postgres: TestPostgres;
let folder = '';
beforeAll(async () => {
  postgres = await startPostgres();
  folder = await mkdtemp(path.join(tmpdir(), 'gate-licences-'));
});
afterAll(async () => {
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});

const NOW = 1_795_000_000_000;
const DAY = 86_400_000;

const code = (name: string, over: Partial<ActivationCodesTable> = {}): ActivationCodesTable => ({
  code: name,
  corp_id: 'wp1',
  order_id: 'o1',
  type: 1,
  status: 1,
  user_id: null,
  created_at_ms: NOW - DAY,
  active_at_ms: null,
  expires_at_ms: null,
  merged_into: null,
  merged_from: null,
  shared_to: null,
  shared_from: null,
  checked_at_ms: NOW,
  ...over,
});
const order = (over: Partial<OrdersTable> = {}): OrdersTable => ({
  order_id: 'o1',
  corp_id: 'wp1',
  type: 1,
  status: 1,
  base_count: 2,
  external_contact_count: 0,
  months: 12,
  days: null,
  new_expire_at_ms: null,
  parent_order_id: null,
  price_fen: 12_345_678_901,
  created_at_ms: NOW,
  paid_at_ms: NOW,
  codes_state: 'ready',
  checked_at_ms: NOW,
  followed_status: null,
  ...over,
});
const installed: CorpsTable = {
  corp_id: 'wp1',
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
};
const seat = (over: Partial<SeatsTable> = {}): SeatsTable => ({
  corp_id: 'wp1',
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

describe.each<[string, () => Promise<string>]>([
  ['embedded', async () => mkdtemp(path.join(folder, 'store-'))],
  ['PostgreSQL', () => postgres.createDatabase()],
])('licences on the %s store', (_, makePlace) => {
  let store: Store;
  let place: string;
  beforeEach(async () => {
    place = await makePlace();
    store = await openStore(place);
  });
  afterEach(() => store.close());

  test('a range is kept as the newest event tells it, and any event is news where nothing is known', async () => {
    const hear = (inRange: boolean, atMs: number) => saveNewerRange(store.db, 'wp1', 'alice', { inRange, atMs });
    const known = async () => {
      const row = await findMember(store.db, 'wp1', 'alice');
      return [row?.in_range, row?.range_checked_at_ms, row?.range_source];
    };
    expect(await hear(false, NOW)).toBe(false);
    await saveInstalledCorp(store.db, installed);
    await ensureMember(store.db, 'wp1', 'alice', NOW);
    expect(await hear(true, NOW - DAY)).toBe(true);
    expect(await hear(false, NOW - DAY - 1)).toBe(false);
    expect(await known()).toEqual([1, NOW - DAY, 'callback']);
    expect(await hear(false, NOW - DAY)).toBe(true);
    await saveRange(store.db, 'wp1', 'alice', { inRange: null, source: 'default', atMs: NOW });
    expect(await hear(true, NOW - 1)).toBe(true);
    expect(await known()).toEqual([1, NOW - 1, 'callback']);
  });

  test('of many claims at once one gets the attempt', async () => {
    const claim = (index: number) =>
      claimActivation(
        store.db,
        { corp_id: 'wp1', user_id: 'alice', type: 1, attempt_id: `a${index}`, mode: 'server', started_at_ms: NOW },
        { hungBeforeMs: NOW - 15_000, failedBeforeMs: NOW - 30_000 },
      );
    const won = await Promise.all(Array.from({ length: 20 }, (_unused, index) => claim(index)));
    expect(won.filter(Boolean)).toHaveLength(1);
  });

  test('an attempt is claimed anew once it hangs, has failed for long enough, or is done', async () => {
    const claim = (attemptId: string, atMs: number) =>
      claimActivation(
        store.db,
        { corp_id: 'wp1', user_id: 'alice', type: 1, attempt_id: attemptId, mode: 'server', started_at_ms: atMs },
        { hungBeforeMs: atMs - 15_000, failedBeforeMs: atMs - 30_000 },
      );
    expect([await claim('a', NOW), await claim('b', NOW + 14_999), await claim('c', NOW + 15_000)]).toEqual([
      true,
      false,
      true,
    ]);
    const failed = { state: 'failed', ended_at_ms: NOW, errcode: 701030, message: 'too_long' } as const;
    await endActivation(store.db, 'a', failed);
    expect(await listActivations(store.db, 'wp1', 'alice')).toMatchObject([{ attempt_id: 'c', state: 'running' }]);
    await endActivation(store.db, 'c', failed);
    expect([await claim('d', NOW + 44_999), await claim('e', NOW + 45_000)]).toEqual([false, true]);
    await completeActivations(store.db, 'wp1', 'alice', { types: [1], atMs: NOW + 46_000 });
    expect(await claim('f', NOW + 47_000)).toBe(true);
  });

  test('an attempt begun by a clock that was far ahead is in nobody’s way', async () => {
    const claim = (attemptId: string, type: number, atMs: number, failedForMs = 30_000) =>
      claimActivation(
        store.db,
        { corp_id: 'wp1', user_id: 'dave', type, attempt_id: attemptId, mode: 'server', started_at_ms: atMs },
        { hungBeforeMs: atMs - 15_000, failedBeforeMs: atMs - failedForMs },
      );
    await claim('a', 1, NOW + 6 * 3_600_000);
    expect(await claim('b', 2, NOW)).toBe(true);
    const failed = { state: 'failed', ended_at_ms: NOW, errcode: 701030, message: 'too_long' } as const;
    await endActivation(store.db, 'b', failed);
    expect([await claim('c', 2, NOW - 29_999), await claim('d', 2, NOW - 30_000)]).toEqual([false, true]);
    await endActivation(store.db, 'd', failed);
    expect(await claim('e', 2, NOW - 30_001, 0)).toBe(true);
    // Two machines' clocks are never quite the same.
    expect([await claim('f', 1, NOW - 45_000), await claim('g', 1, NOW - 45_001)]).toEqual([false, true]);
  });

  test('a claim is renewed for as long as nobody has taken it over, and has all its time again from then', async () => {
    const claim = (attemptId: string, atMs: number) =>
      claimActivation(
        store.db,
        { corp_id: 'wp1', user_id: 'carol', type: 1, attempt_id: attemptId, mode: 'server', started_at_ms: atMs },
        { hungBeforeMs: atMs - 15_000, failedBeforeMs: atMs - 30_000 },
      );
    await claim('a', NOW);
    expect(await renewClaim(store.db, 'a', NOW + 20_000)).toBe(true);
    expect([await claim('b', NOW + 34_999), await claim('c', NOW + 35_000)]).toEqual([false, true]);
    expect(await renewClaim(store.db, 'a', NOW + 36_000)).toBe(false);
    await completeActivations(store.db, 'wp1', 'carol', { types: [1], atMs: NOW + 37_000 });
    expect(await renewClaim(store.db, 'c', NOW + 38_000)).toBe(false);
  });

  test('of claims for both types, in two processes at once, one gets the attempt', async () => {
    const other = await openStore(place);
    const limits = { hungBeforeMs: NOW - 15_000, failedBeforeMs: NOW - 30_000 };
    for (let round = 0; round < 20; round += 1) {
      const claims = Array.from({ length: 8 }, (_unused, index) => {
        const attempt = { attempt_id: `a${round}-${index}`, mode: 'server', started_at_ms: NOW } as const;
        const { db } = index % 2 === 0 ? store : other;
        const member = { corp_id: 'wp1', user_id: `user-${round}`, type: 1 + (Math.floor(index / 2) % 2) };
        return claimActivation(db, { ...member, ...attempt }, limits);
      });
      expect((await Promise.all(claims)).filter(Boolean)).toHaveLength(1);
    }
    await other.close();
  });

  test('an attempt of one type waits for the other’s: while it runs, not when it hangs, has failed or is done', async () => {
    const claim = (type: number, atMs: number) =>
      claimActivation(
        store.db,
        { corp_id: 'wp1', user_id: 'bob', type, attempt_id: `${type} ${atMs}`, mode: 'server', started_at_ms: atMs },
        { hungBeforeMs: atMs - 15_000, failedBeforeMs: atMs - 30_000 },
      );
    expect([await claim(1, NOW), await claim(2, NOW + 14_999), await claim(2, NOW + 15_000)]).toEqual([
      true,
      false,
      true,
    ]);
    expect(await listActivations(store.db, 'wp1', 'bob')).toMatchObject([
      { type: 2, state: 'running' },
      { type: 1, state: 'failed', message: 'timeout' },
    ]);
    const failed = { state: 'failed', ended_at_ms: NOW, errcode: 701087, message: 'contact_app' } as const;
    await endActivation(store.db, `2 ${NOW + 15_000}`, failed);
    expect(await claim(1, NOW + 30_000)).toBe(true);
    await completeActivations(store.db, 'wp1', 'bob', { types: [2], atMs: NOW + 30_001 });
    expect(await claim(2, NOW + 30_001)).toBe(false);
    await completeActivations(store.db, 'wp1', 'bob', { types: [1], atMs: NOW + 30_002 });
    expect(await claim(2, NOW + 30_002)).toBe(true);
  });

  test('an order is looked at again until what follows from its status has been read', async () => {
    const gone = order({ status: 5, checked_at_ms: NOW });
    const renewal = order({ order_id: 'renewal', type: 2 });
    await saveOrders(store.db, [gone, renewal, order({ order_id: 'cancelled', status: 2 })]);
    await saveInstalledCorp(store.db, installed);
    const due = async () => (await listOrdersToPoll(store.db, 0)).map((row) => row.order_id).sort();
    expect(await due()).toEqual(['o1', 'renewal']);
    await markOrderFollowed(store.db, { ...gone, status: 1 });
    await markOrdersFollowed(store.db, 'wp1', { readToMs: NOW - 1 });
    await markOrdersFollowed(store.db, 'wp2', { readToMs: NOW });
    expect(await due()).toEqual(['o1', 'renewal']);
    await markOrdersFollowed(store.db, 'wp1', { readToMs: NOW, exceptType: 2 });
    expect(await due()).toEqual(['renewal']);
    await markOrderFollowed(store.db, renewal);
    expect(await due()).toEqual([]);
    // What an answer says of the order leaves that alone, until its status is another one.
    await saveOrders(store.db, [renewal]);
    expect(await due()).toEqual([]);
    await saveOrders(store.db, [{ ...renewal, status: 5 }]);
    expect(await due()).toEqual(['renewal']);
  });

  test('codes are counted by what they are worth', async () => {
    await saveOrders(store.db, [order()]);
    await saveOrders(store.db, [order({ order_id: 'refunded', status: 5 })]);
    await saveInstalledCorp(store.db, installed);
    await ensureMember(store.db, 'wp1', 'leaver', NOW);
    await saveRange(store.db, 'wp1', 'leaver', { inRange: false, source: 'callback', atMs: NOW });
    const bound = { status: 2, expires_at_ms: NOW + 100 * DAY };
    await saveCodes(store.db, [
      code('free'),
      code('free-older', { created_at_ms: NOW - 10 * DAY }),
      code('lapsed', { created_at_ms: NOW - 400 * DAY }),
      code('bound', { ...bound, user_id: 'alice' }),
      code('left', { ...bound, user_id: 'leaver' }),
      code('waiting', { ...bound, status: 4, user_id: 'gone' }),
      code('merged', { status: 5 }),
      code('given-back', { order_id: 'refunded' }),
      code('contact', { type: 2 }),
      code('of-others', { corp_id: 'wp2' }),
    ]);
    const counts = await countCodes(store.db, 'wp1', NOW - 365 * DAY, NOW);
    expect(counts.sort((a, b) => a.type - b.type)).toEqual([
      {
        type: 1,
        free: 2,
        newestFreeMs: NOW - DAY,
        oldestFreeMs: NOW - 10 * DAY,
        newestLapsedMs: NOW - 400 * DAY,
        total: 6,
        held: 1,
        waiting: 1,
        waitingUntilMs: NOW + 100 * DAY,
      },
      expect.objectContaining({ type: 2, free: 1, total: 1, held: 0, waiting: 0, waitingUntilMs: null }),
    ]);
    expect(await findCodeOfMember(store.db, 'wp1', 'alice', 1)).toBe('bound');
    await saveCodes(store.db, [code('free', { order_id: null, status: 2, user_id: 'bob', expires_at_ms: NOW + DAY })]);
    expect(await findCodeOfMember(store.db, 'wp1', 'bob', 1)).toBe('free');
  });

  test('more codes than one statement takes are all kept', async () => {
    await saveCodes(
      store.db,
      Array.from({ length: 1201 }, (_unused, index) => code(`c${index}`, { order_id: null })),
    );
    expect((await countCodes(store.db, 'wp1', NOW - 365 * DAY, NOW))[0]).toMatchObject({ total: 1201, free: 1201 });
  });

  test('nobody of a corp without the app is put on record, be it unknown or removed', async () => {
    await ensureMember(store.db, 'wp1', 'alice', NOW);
    await saveInstalledCorp(store.db, { ...installed, status: 'removed' });
    await ensureMember(store.db, 'wp1', 'alice', NOW);
    expect(await findMember(store.db, 'wp1', 'alice')).toBeNull();
    await saveInstalledCorp(store.db, installed);
    await ensureMember(store.db, 'wp1', 'alice', NOW);
    expect(await findMember(store.db, 'wp1', 'alice')).toEqual({
      corp_id: 'wp1',
      user_id: 'alice',
      open_user_id: null,
      in_range: null,
      range_source: 'default',
      range_checked_at_ms: 0,
      seats_checked_at_ms: 0,
      seats_source: 'default',
      last_allowed_at_ms: null,
      last_allowed_reason: null,
      created_at_ms: NOW,
    });
  });

  test('a member stays as known, and doubt reaches one or all', async () => {
    await saveInstalledCorp(store.db, installed);
    for (const userId of ['alice', 'bob']) {
      await ensureMember(store.db, 'wp1', userId, NOW);
      await markSeatsRead(store.db, 'wp1', userId, { source: 'api', atMs: NOW });
    }
    await ensureMember(store.db, 'wp1', 'alice', NOW + 1);
    expect(await findMember(store.db, 'wp1', 'alice')).toMatchObject({ created_at_ms: NOW, seats_checked_at_ms: NOW });
    await markSeatsDoubtful(store.db, 'wp1', 'alice');
    expect((await findMember(store.db, 'wp1', 'bob'))?.seats_checked_at_ms).toBe(NOW);
    await markSeatsDoubtful(store.db, 'wp1', null);
    expect((await findMember(store.db, 'wp1', 'bob'))?.seats_checked_at_ms).toBe(0);
    await saveSeats(store.db, [seat({ user_id: 'carol' })]);
    expect(await isKnownMember(store.db, 'wp1', 'carol')).toBe(true);
    expect(await isKnownMember(store.db, 'wp2', 'carol')).toBe(false);
  });

  test('a corp’s licence is kept by parts', async () => {
    await saveCorpLicence(store.db, 'wp1', { checking: 1, licence_checked_at_ms: NOW });
    await saveCorpLicence(store.db, 'wp1', { auto_activation: 1, auto_checked_at_ms: NOW + 1 });
    expect(await findCorpLicence(store.db, 'wp1')).toMatchObject({ checking: 1, auto_activation: 1, ever_paid: null });
  });

  test('a request is filed once while it is open, and anew after it was settled', async () => {
    const wish = (atMs: number) => ({
      id: 'r1',
      corp_id: 'wp1',
      user_id: 'alice',
      reason: 'trial_over',
      asked_at_ms: atMs,
      admins_asked: 2,
      settled_at_ms: null,
    });
    expect((await fileRequest(store.db, wish(1))).asked_at_ms).toBe(1);
    expect((await fileRequest(store.db, wish(2))).asked_at_ms).toBe(1);
    expect(await settleRequest(store.db, 'wp2', 'r1', 3)).toBe(false);
    expect(await listOpenRequests(store.db, 'wp1')).toHaveLength(1);
    expect(await settleRequest(store.db, 'wp1', 'r1', 3)).toBe(true);
    expect(await findOpenRequest(store.db, 'wp1', 'alice', 'trial_over')).toBeNull();
    expect((await fileRequest(store.db, wish(4))).asked_at_ms).toBe(4);
  });

  test('records are each corp’s own, the newest 200', async () => {
    const record = (index: number): RecordsTable => ({
      id: `r${index}`,
      corp_id: 'wp1',
      title: '消防栓',
      place: '',
      status: 'ok',
      note: '',
      checked_at_ms: NOW + index,
      created_by: null,
      public_label: 0,
      created_at_ms: NOW,
    });
    await insertRecords(
      store.db,
      Array.from({ length: 205 }, (_unused, index) => record(index)),
    );
    const listed = await listRecords(store.db, 'wp1');
    expect([listed.length, listed[0]?.id]).toEqual([200, 'r204']);
    const change = { status: 'todo', note: '', checked_at_ms: NOW } as const;
    expect(await updateRecord(store.db, 'wp2', 'r1', change)).toBe(false);
    expect(await updateRecord(store.db, 'wp1', 'r1', change)).toBe(true);
    expect([await findRecord(store.db, 'wp2', 'r1'), (await findRecord(store.db, 'wp1', 'r1'))?.status]).toEqual([
      null,
      'todo',
    ]);
  });
});
