import { deleteCorpData } from '../../../server/corps/delete-corp-data';
import { removeCorp } from '../../../server/corps/remove';
import type { Deps } from '../../../server/deps';
import { openSession } from '../../../server/http/login/open-session';
import { forgetStrays } from '../../../server/jobs/forget-strays';
import { sweep } from '../../../server/jobs/sweep';
import { claimInstall, completeInstall, findInstall } from '../../../server/store/installs';
import { createInboxWriter } from '../../../server/store/inbox';
import { addAdmin, findCorp } from '../../../server/store/corps';
import { ensureMember } from '../../../server/store/members';
import { saveSeats } from '../../../server/store/seats';
import { saveToken } from '../../../server/store/tokens';
import { corpTokenKeys } from '../../../server/wecom/corp-token-keys';
import { CORP } from '../../support/licence-wecom';
import { DAY_MS, startLicenceRig, type LicenceRig } from '../../support/licence-rig';

const STRANGER = 'wpNeverInstalled';

let rig: LicenceRig;
beforeEach(async () => {
  rig = await startLicenceRig();
});
afterEach(() => rig.stop());

const forget = () => forgetStrays(rig.deps, {}, new AbortController().signal);
const remove = (deps: Deps = rig.deps) => removeCorp(deps, CORP, rig.clock.now() + 1);
const logIn = (corpId: string) =>
  openSession(
    rig.deps,
    { kind: 'member', corpId, userId: 'alice', openUserId: 'open-alice' },
    { client: 'h5', entry: 'qr', namedAgent: false },
  );
const keysOf = (corpId: string) => Object.values(corpTokenKeys(rig.deps.config.suite.id, corpId));

/** One row of a corp in each of the places where an event, a login or a call may leave one. */
async function leaveBehind(corpId: string): Promise<void> {
  const { clock, store } = rig.deps;
  const atMs = clock.now();
  const seat = {
    active_code: 'c1',
    active_at_ms: null,
    moved_at_ms: null,
    source: 'callback',
    seen_at_ms: atMs,
  } as const;
  await saveSeats(store.db, [{ ...seat, corp_id: corpId, user_id: 'alice', type: 1, expires_at_ms: atMs + DAY_MS }]);
  await addAdmin(store.db, corpId, 'alice');
  await saveToken(store.db, { key: keysOf(corpId)[0] ?? '', valueSealed: 'sealed', expiresAtMs: atMs });
  const words = { channel: 'data', type: 'enter_agent', body_sealed: 'sealed', received_at_ms: atMs } as const;
  await createInboxWriter(store)({ ...words, event_key: `of ${corpId}`, corp_id: corpId, event_at_ms: atMs });
  await store.db.updateTable('inbox').set({ state: 'done' }).execute();
}

/** How many rows name a corp, and whether its callbacks still say anything. */
async function leftOf(corpId: string): Promise<Record<string, number>> {
  const { db } = rig.deps.store;
  const left: Record<string, number> = {};
  for (const table of ['members', 'seats', 'corp_admins', 'sessions'] as const) {
    const rows = await db.selectFrom(table).select('corp_id').where('corp_id', '=', corpId).execute();
    left[table] = rows.length;
  }
  const words = await db.selectFrom('inbox').select('body_sealed').where('corp_id', '=', corpId).execute();
  left['words'] = words.filter((row) => row.body_sealed !== '').length;
  left['tokens'] = (await db.selectFrom('tokens').select('key').where('key', 'in', keysOf(corpId)).execute()).length;
  return left;
}

const NOTHING = { members: 0, seats: 0, corp_admins: 0, sessions: 0, words: 0, tokens: 0 };

test('nobody of a corp that never installed the app is put on record by a login', async () => {
  await logIn(STRANGER);
  expect(await leftOf(STRANGER)).toEqual({ ...NOTHING, sessions: 1 });
});

test('what is kept of corps without the app goes, however long ago they removed it; a corp with the app keeps its own', async () => {
  await ensureMember(rig.deps.store.db, CORP, 'alice', rig.clock.now());
  await leaveBehind(CORP);
  await leaveBehind(STRANGER);
  await logIn(STRANGER);
  await forget();
  expect(await leftOf(STRANGER)).toEqual(NOTHING);
  expect(await leftOf(CORP)).toEqual({ members: 1, seats: 1, corp_admins: 1, sessions: 0, words: 1, tokens: 1 });
  await remove();
  expect(await leftOf(CORP)).toEqual(NOTHING);
  rig.clock.advance(90 * DAY_MS);
  await leaveBehind(CORP);
  await logIn(CORP);
  await forget();
  expect(await leftOf(CORP)).toEqual(NOTHING);
});

test('a removal that is killed right after its commit leaves no session and no token of the corp', async () => {
  await leaveBehind(CORP);
  await logIn(CORP);
  const { store, ...deps } = rig.deps;
  const transaction: Deps['store']['transaction'] = async (work) => {
    await store.transaction(work);
    throw new Error('killed');
  };
  await expect(remove({ ...deps, store: { ...store, transaction } })).rejects.toThrow('killed');
  expect(await leftOf(CORP)).toEqual({ ...NOTHING, words: 1 });
  await forget();
  expect(await leftOf(CORP)).toEqual(NOTHING);
});

test('a corp that WeCom has not said for certain to be without the app is left alone', async () => {
  await rig.deps.store.db.updateTable('corps').set({ status: 'removed' }).execute();
  await leaveBehind(CORP);
  const before = await leftOf(CORP);
  await forget();
  expect(await deleteCorpData(rig.deps, CORP)).toBe(false);
  expect(await leftOf(CORP)).toEqual(before);
  expect((await findCorp(rig.deps.store.db, CORP))?.permanent_code_sealed).not.toBeNull();
});

test('what became of an auth_code is known as long as the callback that brought it, and then forgotten', async () => {
  const { db } = rig.deps.store;
  await claimInstall(db, { authCodeHash: 'h', nowMs: rig.clock.now(), abandonedBeforeMs: 0 });
  await completeInstall(db, 'h', CORP);
  rig.clock.advance(30 * DAY_MS);
  await sweep(rig.deps);
  expect(await findInstall(db, 'h')).toMatchObject({ state: 'done' });
  rig.clock.advance(2 * DAY_MS);
  await sweep(rig.deps);
  expect(await findInstall(db, 'h')).toBeNull();
});
