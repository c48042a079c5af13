import { handleInbox } from '../../../server/jobs/handle-inbox';
import { claimCallbacks, createInboxWriter } from '../../../server/store/inbox';
import { startCorpRig, type CorpRig } from '../../support/corp-rig';
import { waitFor } from '../../support/wait-for';

const LEASE_MS = 30_000;
let rig: CorpRig;
beforeEach(async () => {
  rig = await startCorpRig();
  await rig.hear('create_auth', 0, { AuthCode: 'a' });
});
afterEach(() => rig.stop());

const run = () => handleInbox.run(rig.deps, new AbortController().signal);
const asked = () => rig.wecom.count('/cgi-bin/service/v2/get_auth_info');
const rowOf = (key: string) =>
  rig.deps.store.db.selectFrom('inbox').selectAll().where('event_key', '=', key).executeTakeFirstOrThrow();
const stateOf = async (key: string) => (await rowOf(key)).state;

/** A callback as `receive` keeps it. A change of authorisation is the slow one: it asks WeCom. */
async function arrive(key: string, type: 'change_auth' | 'corp_arch_auth_other', corpId: string | null): Promise<void> {
  const { clock, sealer, store } = rig.deps;
  const xml = `<xml><InfoType>${type}</InfoType><AuthCorpId>${corpId}</AuthCorpId><TimeStamp>1</TimeStamp></xml>`;
  await createInboxWriter(store)({
    event_key: key,
    channel: 'command',
    type,
    corp_id: corpId,
    event_at_ms: Number(key),
    body_sealed: sealer.seal(xml, key),
    received_at_ms: clock.now(),
  });
}

test('what arrives of a corp while an earlier callback of it is handled waits behind it; other corps do not', async () => {
  await arrive('1', 'change_auth', rig.corpId);
  const release = rig.hold();
  const running = run();
  await waitFor('the first to be handled', () => asked() === 1);
  await arrive('2', 'corp_arch_auth_other', rig.corpId);
  await arrive('3', 'corp_arch_auth_other', 'wp2');
  await waitFor('the other corp’s', async () => (await stateOf('3')) === 'done');
  expect(await rowOf('2')).toMatchObject({ state: 'new', attempts: 0 });
  release();
  await running;
  expect([await stateOf('1'), await stateOf('2')]).toEqual(['done', 'done']);
});

test('a corp’s many callbacks are handled in their order, however many claims that takes', async () => {
  const keys = Array.from({ length: 70 }, (_, index) => String(1000 + index));
  for (const key of keys) await arrive(key, 'corp_arch_auth_other', rig.corpId);
  await run();
  const rows = await rig.deps.store.db.selectFrom('inbox').selectAll().execute();
  expect(rows.map(({ attempts, state }) => [state, attempts])).toEqual(keys.map(() => ['done', 1]));
});

test('what speaks of no corp, as a ticket does, is handled before all that waits in the store', async () => {
  const { db } = rig.deps.store;
  for (let index = 1; index <= 40; index += 1) await arrive(String(index), 'change_auth', rig.corpId);
  await db
    .updateTable('inbox')
    .set((eb) => ({ corp_id: eb.ref('event_key') }))
    .execute();
  let release = rig.hold();
  const running = run();
  const next = async (asking: number): Promise<void> => {
    await waitFor(`${asking} to be handled`, () => asked() >= asking);
    const releaseThese = release;
    release = rig.hold();
    releaseThese();
  };
  await waitFor('every place to be taken', () => asked() === 12);
  await arrive('999', 'corp_arch_auth_other', null);
  // Those that were claimed with the first, a claim of 32.
  await next(12);
  await next(24);
  await waitFor('the newest', async () => (await stateOf('999')) === 'done');
  expect(asked()).toBeLessThan(40);
  release();
  await running;
  const rows = await db.selectFrom('inbox').select('state').execute();
  expect(rows.map(({ state }) => state)).toEqual(Array.from({ length: 41 }, () => 'done'));
});

test('a callback that waited behind slow ones is claimed anew, and left alone when somebody else has it', async () => {
  const { clock, deps } = rig;
  for (const key of ['1', '2', '3']) await arrive(key, 'change_auth', rig.corpId);
  const startMs = clock.now();
  const releaseFirst = rig.hold();
  const running = run();
  await waitFor('the first', () => asked() === 1);
  expect(await rowOf('1')).toMatchObject({ lease_until_ms: startMs + LEASE_MS });
  clock.advance(LEASE_MS / 3 + 1);
  const releaseSecond = rig.hold();
  releaseFirst();
  await waitFor('the second', () => asked() === 2);
  expect(await rowOf('2')).toMatchObject({ lease_until_ms: clock.now() + LEASE_MS, attempts: 1 });
  expect(await rowOf('3')).toMatchObject({ lease_until_ms: startMs + LEASE_MS });
  clock.set(startMs + LEASE_MS);
  const taken = await claimCallbacks(deps.store, { nowMs: clock.now(), leaseMs: LEASE_MS, limit: 10 });
  expect(taken.map((row) => row.event_key)).toEqual(['3']);
  releaseSecond();
  await running;
  expect(asked()).toBe(2);
  expect([await stateOf('2'), await stateOf('3')]).toEqual(['done', 'new']);
});
