import { licenceWorkEnds } from '../../server/licences/process-memory';
import { reconcileCorp } from '../../server/licences/reconcile';
import { listCodes } from '../../server/store/activation-codes';
import { logIn } from '../support/api-client';
import { readReplay, readTables } from '../support/ledger-on-record';
import { waitFor } from '../support/wait-for';
import { startWorld, type SandboxCorp, type World } from '../support/world';

type Codes = { readonly codes: readonly { readonly code: string; readonly status: number }[] };

const MEMBER = 0;
/** The sandbox makes a corp's second member its administrator. */
const ADMIN = 1;
const OTHER = 2;

let world: World;
let giver: SandboxCorp;
let receiver: SandboxCorp;
let stranger: SandboxCorp;

beforeEach(async () => {
  world = await startWorld();
  const members = ['成员一', '成员二', '成员三'];
  [giver, receiver, stranger] = [
    await world.corp({ members }),
    await world.corp({ members }),
    await world.corp({ members }),
  ];
  await world.order('clock', { advance: '91d' });
  await buy(giver, 2);
});
afterEach(async () => {
  await licenceWorkEnds(world.deps);
  await world.close();
});

async function buy({ corpId }: SandboxCorp, base: number): Promise<void> {
  const { orderId } = await world.order<{ orderId: string }>('orders', { corpId, months: 12, base });
  await world.order(`orders/${orderId}/pay`, {});
  await world.settled();
}

/** Hands one free code of the giver on. */
async function share(to: SandboxCorp): Promise<string> {
  await world.order('links', { corpId: giver.corpId, to: to.corpId });
  const response = await fetch(`${world.sandbox.origin}/sandbox/corps/${giver.corpId}`);
  const code = ((await response.json()) as Codes).codes.find((one) => one.status === 1)?.code ?? '';
  await world.order('shares', { from: giver.corpId, to: to.corpId, codes: [code] });
  return code;
}

const reconcile = ({ corpId }: SandboxCorp) => reconcileCorp(world.deps, corpId, new AbortController().signal);
const clientOf = (corp: SandboxCorp, index: number) =>
  logIn(world, { corpId: corp.corpId, userId: corp.members[index]?.userId ?? '', entry: 'qr' });
const reasonOf = async (corp: SandboxCorp, index = MEMBER) =>
  (await (await clientOf(corp, index)).get('/api/verdict')).json<{ reason: string }>().reason;
const codesOnRecord = ({ corpId }: SandboxCorp) => listCodes(world.deps.store.db, corpId);

describe('a code that another corp gave', () => {
  test('lets a member in where the corp’s own accounts are used up', async () => {
    await buy(receiver, 1);
    await world.order('auto-activation', { corpId: receiver.corpId, on: true });
    await waitFor('the corp’s own seat', async () => (await reasonOf(receiver)) === 'seat_valid');
    expect(await reasonOf(receiver, OTHER)).toBe('no_free_seat');
    await share(receiver);
    await reconcile(giver);
    await waitFor('the shared seat', async () => (await reasonOf(receiver, OTHER)) === 'seat_valid');
    expect(await reasonOf(receiver, ADMIN)).toBe('no_free_seat');
  });

  test('is activated by hand in a corp that never paid, which sees nothing else of the giver', async () => {
    const code = await share(receiver);
    await reconcile(giver);
    expect(await codesOnRecord(receiver)).toMatchObject([
      { code, status: 1, order_id: null, shared_from: giver.corpId, shared_to: null },
    ]);
    expect([await reasonOf(receiver), await reasonOf(stranger)]).toEqual(['activation_off', 'trial_over']);
    const admin = await clientOf(receiver, ADMIN);
    const page = await admin.get('/api/admin/licences');
    expect(page.json()).toMatchObject({ bought: 1, free: 1, orders: [] });
    expect(page.text).not.toContain(giver.corpId);
    expect((await admin.post('/api/admin/seats/own/activate', {})).json()).toMatchObject({ state: 'done' });
    expect(await reasonOf(receiver, ADMIN)).toBe('seat_valid');
    const { corpId } = receiver;
    await reconcile(receiver);
    expect(await readReplay(world.deps.store, corpId)).toEqual(await readTables(world.deps.store, corpId));
    expect((await reconcile(receiver)).counts).toEqual({ licence: 0, order: 0, code: 0, seat: 0 });
  });

  test('is learnt at the receiver’s own next reading when WeCom did not answer for it at the giver’s', async () => {
    const code = await share(receiver);
    const endpoint = '/cgi-bin/license/batch_get_active_info_by_code';
    await world.order('faults', { endpoint, kind: 'errcode', errcode: 50003, corpId: receiver.corpId });
    expect((await reconcile(giver)).done).toBe(true);
    expect(await codesOnRecord(receiver)).toEqual([]);
    await world.order('faults', { clear: true });
    await reconcile(receiver);
    expect(await codesOnRecord(receiver)).toMatchObject([{ code }]);
  });

  test('is not kept for a corp without the app, and is there once it has it', async () => {
    const later = await world.corp({ installed: false });
    const code = await share(later);
    await reconcile(giver);
    expect(await codesOnRecord(later)).toEqual([]);
    await world.order('install', { corpId: later.corpId });
    await world.settled();
    await reconcile(later);
    expect(await codesOnRecord(later)).toMatchObject([{ code, status: 1 }]);
  });
});
