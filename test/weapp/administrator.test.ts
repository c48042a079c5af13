import type { MiniPhone } from '../support/mini/mini-phone';
import { startMiniStage, type MiniStage } from '../support/mini/mini-stage';
import { waitFor } from '../support/wait-for';
import { newcomer } from './cast';
import { readMiniScreen } from './read-mini-screen';

/** The licence page in its sub-package, and the gate's own buttons for administrators, held against WeCom's books. */
let stage: MiniStage;
let phone: MiniPhone;

beforeAll(async () => {
  stage = await startMiniStage();
}, 60_000);
afterEach(() => expect(phone.exceptions()).toEqual([]));
afterAll(() => stage.close());

type Member = { readonly corpId: string; readonly userId: string };
type Books = {
  readonly autoActivation: boolean;
  readonly members: readonly { readonly userId: string; readonly seats: readonly unknown[] }[];
  readonly codes: readonly { readonly status: number }[];
};

const ADMIN = '/pages/admin/index';

async function booksOf({ corpId }: Member): Promise<Books> {
  return (await (await fetch(`${stage.sandbox.origin}/sandbox/corps/${corpId}`)).json()) as Books;
}

async function promote(member: Member): Promise<Member> {
  await stage.order('members', { ...member, action: 'admin' });
  await stage.settled();
  return member;
}

async function seatsOf(member: Member): Promise<number | undefined> {
  return (await booksOf(member)).members.find(({ userId }) => userId === member.userId)?.seats.length;
}

test('the numbers on the page are those of WeCom’s ledger', async () => {
  const admin = stage.member('used_up', 2);
  phone = await stage.arrive(admin, { url: ADMIN });
  await phone.find('#licences');
  const { codes } = await booksOf(admin);
  await expect(phone.text('#figure-bought')).resolves.toBe(String(codes.length));
  await expect(phone.text('#figure-in-use')).resolves.toBe(String(codes.filter(({ status }) => status === 2).length));
});

test('a member who asked stands in the list; once a seat is bought, assigning lets them in', async () => {
  const asker = stage.member('used_up');
  phone = await stage.arrive(asker);
  await phone.tap('#gate-action-request_seat');
  await phone.find('#gate-asked');
  const { orderId } = await stage.order<{ orderId: string }>('orders', { corpId: asker.corpId, base: 1, months: 12 });
  await stage.order(`orders/${orderId}/pay`, {});
  await stage.settled();
  phone = await stage.arrive(stage.member('used_up', 2), { url: ADMIN });
  await phone.tap('#licences-refresh');
  await phone.tap('#requests .row .button-small');
  await waitFor('a seat', async () => (await seatsOf(asker)) === 1);
  phone = await stage.arrive(asker);
  await phone.find('#records');
});

test('activation_off: 立即激活 gives this administrator a seat and leaves the switch alone', async () => {
  const admin = await promote(stage.member('auto_off', 4));
  phone = await stage.arrive(admin);
  const { actions } = await readMiniScreen(phone);
  expect(actions).toEqual(['立即激活', '开启自动激活', '重新检查']);
  await phone.tap('#gate-action-activate_now');
  await phone.find('#records');
  await expect(seatsOf(admin)).resolves.toBe(1);
  expect((await booksOf(admin)).autoActivation).toBe(false);
});

test('activation_off: 开启自动激活 switches it on, and whoever comes is let in', async () => {
  const admin = await promote(stage.member('auto_off'));
  phone = await stage.arrive(admin);
  await phone.tap('#gate-action-enable_auto_activation');
  await phone.find('#records');
  expect((await booksOf(admin)).autoActivation).toBe(true);
  phone = await stage.arrive(await newcomer(stage, admin.corpId));
  await phone.find('#records');
});

test('a member is told that the page is for administrators, and shown nothing of it', async () => {
  phone = await stage.arrive(stage.member('trial_day_12', 3), { url: ADMIN });
  await expect(phone.text('.notice')).resolves.toContain('此页面只给应用管理员使用');
  await expect(phone.all('#licences')).resolves.toEqual([]);
});

test('a member who is stopped is stopped on the licence page too', async () => {
  phone = await stage.arrive(stage.member('trial_over', 3), { url: ADMIN });
  expect(await readMiniScreen(phone)).toMatchObject({ kind: 'block', title: '应用无法使用' });
});
