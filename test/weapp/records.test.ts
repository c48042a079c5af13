import type { MiniPhone } from '../support/mini/mini-phone';
import { startMiniStage, type MiniStage } from '../support/mini/mini-stage';
import { handTest, makeRecord, newcomer } from './cast';
import { readMiniScreen } from './read-mini-screen';

/** The sample feature behind the gate, in the mini-program. */
let stage: MiniStage;
let phone: MiniPhone;

beforeAll(async () => {
  stage = await startMiniStage({ env: { ACTIVATION: 'platform' } });
}, 60_000);
afterEach(() => expect(phone.exceptions()).toEqual([]));
afterAll(() => stage.close());

const insider = () => stage.member('trial_day_12', 3);
const RECORD = '/pages/record/index';

test('a tap on the list opens that record, and going back finds the list again', async () => {
  const { id, title } = await makeRecord(stage, insider(), '6 号水泵');
  phone = await stage.arrive(insider());
  await phone.tap(`#record-${id}`);
  await expect(phone.text('#record')).resolves.toContain(title);
  expect(await phone.address()).toBe(`pages/record/index?id=${id}`);
  await stage.target.mp.callWxMethod('navigateBack');
  await expect(phone.text('#records')).resolves.toContain(title);
});

test('a new record is kept on the server and opened', async () => {
  phone = await stage.arrive(insider());
  await phone.tap('#record-add');
  await phone.type('#record-new-title', '7 号水泵');
  await phone.tap('#record-save');
  await expect(phone.text('#record')).resolves.toContain('7 号水泵');
  const again = await stage.arrive(stage.member('trial_day_12', 1));
  await expect(again.text('#records')).resolves.toContain('7 号水泵');
});

test('without a title nothing is made', async () => {
  phone = await stage.arrive(insider());
  await phone.find('#records');
  const before = (await phone.all('#records .row-title')).length;
  await phone.tap('#record-add');
  await phone.tap('#record-save');
  expect(await phone.address()).toBe('pages/records/index');
  const again = await stage.arrive(insider());
  await again.find('#records');
  expect(await again.all('#records .row-title')).toHaveLength(before);
});

test('a note written on the spot is what a colleague reads', async () => {
  const { id } = await makeRecord(stage, insider(), '8 号水泵');
  phone = await stage.arrive(insider(), { url: `${RECORD}?id=${id}` });
  await phone.type('#record-note', '轴承有异响');
  await phone.tap('#record #record-save');
  await phone.find('.toast');
  const colleague = await stage.arrive(stage.member('trial_day_12', 1), { url: `${RECORD}?id=${id}` });
  const note = await colleague.find('#record-note');
  await expect(note.value()).resolves.toBe('轴承有异响');
});

test('forwarding gives a card that leads a colleague to the same record', async () => {
  const { id, title } = await makeRecord(stage, insider(), '9 号水泵');
  phone = await stage.arrive(insider(), { url: `${RECORD}?id=${id}&from=qr` });
  await phone.find('#record');
  const card = (await (await phone.page()).callMethod('onShareAppMessage', { from: 'menu' })) as Record<string, string>;
  expect(card).toMatchObject({ title, path: `pages/record/index?id=${id}&from=share` });
  const colleague = await stage.arrive(stage.member('trial_day_12', 1), { url: `/${card['path']}` });
  await expect(colleague.text('#record')).resolves.toContain(title);
});

test('held back at a record: once activated, a tap opens that very record', async () => {
  const member = await newcomer(stage, stage.member('free_seats').corpId);
  const { id, title } = await makeRecord(stage, stage.member('free_seats', 3), '10 号水泵');
  phone = await stage.arrive(member, { url: `${RECORD}?id=${id}&from=qr` });
  expect((await readMiniScreen(phone)).title).toBe('请从工作台打开一次');
  await stage.order('seats', { ...member, type: 1 });
  await stage.settled();
  await phone.tap('#gate-action-recheck');
  await expect(phone.text('#record')).resolves.toContain(title);
  expect(await phone.address()).toContain(`id=${id}`);
});

handTest('held back at a record: opened from the workbench after that, the app goes on to the record', async () => {
  const member = await newcomer(stage, stage.member('free_seats').corpId);
  const { id, title } = await makeRecord(stage, stage.member('free_seats', 3), '11 号水泵');
  phone = await stage.arrive(member, { url: `${RECORD}?id=${id}&from=qr` });
  expect((await readMiniScreen(phone)).title).toBe('请从工作台打开一次');
  await stage.order('seats', { ...member, type: 1 });
  await stage.settled();
  await stage.target.hand?.({ do: 'leave' });
  await stage.target.hand?.({ do: 'return', launch: { path: 'pages/records/index', query: {}, scene: 1119 } });
  await expect(phone.text('#record')).resolves.toContain(title);
  expect(await phone.address()).toContain(`id=${id}`);
});
