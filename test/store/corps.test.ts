import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  addAdmin,
  deleteCorpRows,
  findCorp,
  listAdmins,
  replaceAdmins,
  saveInstalledCorp,
  saveRemovedCorp,
} from '../../server/store/corps';
import {
  closeInstalledCorp,
  isClosed,
  listCorpsClosedBy,
  reopenClosedCorp,
  saveCodeGone,
} from '../../server/store/closed-corps';
import { listRemovedCorpIds } from '../../server/store/corps-due';
import { claimInstall, completeInstall, failInstall, findInstall, releaseInstall } from '../../server/store/installs';
import type { CorpsTable } from '../../server/store/schema';
import { openStore, type Store } from '../../server/store/store';
import { startPostgres, type TestPostgres } from '../support/postgres';

let postgres: TestPostgres;
let folder = '';
beforeAll(async () => {
  postgres = await startPostgres();
  folder = await mkdtemp(path.join(tmpdir(), 'gate-corps-'));
});
afterAll(async () => {
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});

const installed = (eventAtMs: number, over: Partial<CorpsTable> = {}): CorpsTable => ({
  corp_id: 'wp1',
  kind: 'third_party',
  status: 'installed',
  name: '云杉',
  agent_id: '7',
  permanent_code_sealed: 'sealed',
  privilege_json: '{}',
  installer_user_id: 'wo1',
  installed_at_ms: eventAtMs,
  removed_at_ms: null,
  event_at_ms: eventAtMs,
  checked_at_ms: eventAtMs,
  source: 'api',
  admins_checked_at_ms: 0,
  ...over,
});
const removal = (eventAtMs: number) => ({ corpId: 'wp1', kind: 'third_party' as const, eventAtMs, nowMs: 900 });

describe.each<[string, () => Promise<string>]>([
  ['embedded', async () => mkdtemp(path.join(folder, 'store-'))],
  ['PostgreSQL', () => postgres.createDatabase()],
])('corps on the %s store', (_, makePlace) => {
  let store: Store;
  let place: string;
  beforeEach(async () => {
    place = await makePlace();
    store = await openStore(place);
  });
  afterEach(() => store.close());

  test('the newest event decides, whatever order they come in', async () => {
    expect(await saveInstalledCorp(store.db, installed(20))).toBe(true);
    expect(await saveRemovedCorp(store.db, removal(10))).toBe(false);
    expect(await findCorp(store.db, 'wp1')).toMatchObject({ status: 'installed', event_at_ms: 20 });
    expect(await saveRemovedCorp(store.db, removal(30))).toBe(true);
    expect(await saveInstalledCorp(store.db, installed(20))).toBe(false);
    const row = { status: 'removed', permanent_code_sealed: null, name: null, agent_id: '7', removed_at_ms: 900 };
    expect(await findCorp(store.db, 'wp1')).toMatchObject({ ...row, installed_at_ms: 20, event_at_ms: 30 });
    expect(await saveInstalledCorp(store.db, installed(30))).toBe(true);
  });

  test('a removal of a corp never seen is remembered; a later code without installer keeps the first', async () => {
    expect(await saveRemovedCorp(store.db, removal(10))).toBe(true);
    expect(await saveInstalledCorp(store.db, installed(5))).toBe(false);
    expect(await saveInstalledCorp(store.db, installed(20))).toBe(true);
    expect(await saveInstalledCorp(store.db, installed(21, { installer_user_id: null, name: '新' }))).toBe(true);
    expect(await findCorp(store.db, 'wp1')).toMatchObject({ installer_user_id: 'wo1', name: '新' });
  });

  test('what WeCom confirms is kept whatever is on record, and the newest event stays known', async () => {
    expect(await saveRemovedCorp(store.db, removal(30))).toBe(true);
    expect(await saveInstalledCorp(store.db, installed(20), true)).toBe(true);
    expect(await findCorp(store.db, 'wp1')).toMatchObject({ status: 'installed', event_at_ms: 30 });
    expect(await saveInstalledCorp(store.db, installed(40), true)).toBe(true);
    expect(await findCorp(store.db, 'wp1')).toMatchObject({ event_at_ms: 40 });
  });

  test('a corp is closed, opened and removed by the code that was asked about, and by no other', async () => {
    const asked = { corpId: 'wp1', sealedCode: 'sealed' };
    const other = { corpId: 'wp1', sealedCode: 'another' };
    const times = { eventAtMs: 15, nowMs: 950 };
    await saveInstalledCorp(store.db, installed(20));
    expect(await closeInstalledCorp(store.db, other, 900)).toBe(false);
    expect(await reopenClosedCorp(store.db, asked)).toBe(false);
    expect(await closeInstalledCorp(store.db, asked, 900)).toBe(true);
    expect(await closeInstalledCorp(store.db, asked, 901)).toBe(false);
    const closed = { status: 'removed', removed_at_ms: 900, permanent_code_sealed: 'sealed', name: '云杉' };
    expect(await findCorp(store.db, 'wp1')).toMatchObject(closed);
    expect(isClosed(await findCorp(store.db, 'wp1'))).toBe(true);
    expect([await listCorpsClosedBy(store.db, 899), await listCorpsClosedBy(store.db, 900)]).toEqual([[], ['wp1']]);
    expect(await listRemovedCorpIds(store.db, 0)).toEqual([]);
    expect(await reopenClosedCorp(store.db, other)).toBe(false);
    expect(await reopenClosedCorp(store.db, asked)).toBe(true);
    expect(await findCorp(store.db, 'wp1')).toMatchObject({
      status: 'installed',
      removed_at_ms: null,
      event_at_ms: 20,
    });
    expect(await saveCodeGone(store.db, other, times)).toBe(false);
    expect(await saveCodeGone(store.db, asked, times)).toBe(true);
    const gone = { status: 'removed', removed_at_ms: 950, permanent_code_sealed: null, name: null, event_at_ms: 20 };
    expect(await findCorp(store.db, 'wp1')).toMatchObject(gone);
    expect(isClosed(await findCorp(store.db, 'wp1'))).toBe(false);
    expect(await listRemovedCorpIds(store.db, 0)).toEqual(['wp1']);
  });

  test('administrators are replaced as a whole and go with the corp’s data, no other corp’s', async () => {
    const admin = (corpId: string, userId: string) => ({ corp_id: corpId, user_id: userId, auth_type: 1 });
    await saveInstalledCorp(store.db, installed(1));
    await saveInstalledCorp(store.db, installed(1, { corp_id: 'wp2' }));
    await store.transaction((trx) => replaceAdmins(trx, 'wp1', [admin('wp1', 'a'), admin('wp1', 'b')], 50));
    await store.transaction((trx) => replaceAdmins(trx, 'wp2', [admin('wp2', 'a')], 50));
    await store.transaction((trx) => replaceAdmins(trx, 'wp1', [admin('wp1', 'c')], 60));
    expect(await listAdmins(store.db, 'wp1')).toEqual([admin('wp1', 'c')]);
    expect(await findCorp(store.db, 'wp1')).toMatchObject({ admins_checked_at_ms: 60 });
    await store.transaction((trx) => deleteCorpRows(trx, 'wp1'));
    expect(await listAdmins(store.db, 'wp1')).toEqual([]);
    expect(await listAdmins(store.db, 'wp2')).toHaveLength(1);
  });

  test('administrators read by two processes at once are replaced by each in turn, also while one logs in', async () => {
    const other = await openStore(place);
    const admins = ['a', 'b'].map((userId) => ({ corp_id: 'wp1', user_id: userId, auth_type: 0 }));
    await saveInstalledCorp(store.db, installed(1));
    for (let round = 0; round < 30; round += 1) {
      const replaced = [store, other].map((one) => one.transaction((trx) => replaceAdmins(trx, 'wp1', admins, round)));
      await Promise.all([...replaced, addAdmin(other.db, 'wp1', 'a')]);
    }
    await store.transaction((trx) => replaceAdmins(trx, 'wp1', admins, 99));
    expect(await listAdmins(store.db, 'wp1')).toEqual(admins);
    await other.close();
  });

  test('a list of administrators that comes after the app was removed is not kept', async () => {
    await saveInstalledCorp(store.db, installed(1));
    await saveRemovedCorp(store.db, removal(2));
    const late = [{ corp_id: 'wp1', user_id: 'a', auth_type: 1 }];
    await store.transaction((trx) => replaceAdmins(trx, 'wp1', late, 50));
    expect(await listAdmins(store.db, 'wp1')).toEqual([]);
    expect(await findCorp(store.db, 'wp1')).toMatchObject({ admins_checked_at_ms: 0 });
  });

  test('one of many gets an auth_code; it is taken over only from a process that died', async () => {
    const claim = (nowMs: number) =>
      claimInstall(store.db, { authCodeHash: 'h', nowMs, abandonedBeforeMs: nowMs - 60 });
    const claims = await Promise.all(Array.from({ length: 10 }, () => claim(100)));
    expect(claims.filter(Boolean)).toHaveLength(1);
    expect(await claim(160)).toBe(false);
    expect(await claim(161)).toBe(true);
    await releaseInstall(store.db, 'h');
    expect(await claim(162)).toBe(true);
    await completeInstall(store.db, 'h', 'wp1');
    await failInstall(store.db, 'h', 'errcode 40078');
    await releaseInstall(store.db, 'h');
    expect(await findInstall(store.db, 'h')).toMatchObject({ state: 'done', corp_id: 'wp1', message: null });
    expect(await claim(10_000)).toBe(false);
  });
});
