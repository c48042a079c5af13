import type { MiniPhone } from '../support/mini/mini-phone';
import { startMiniStage, type MiniArrival, type MiniStage } from '../support/mini/mini-stage';
import { handTest, makeRecord, newcomer, sessionsOf } from './cast';
import { readMiniScreen } from './read-mini-screen';

/** Ways into the mini-program: each opens what it names, and the server hears which entry it was. */
let stage: MiniStage;
let phone: MiniPhone;

beforeAll(async () => {
  stage = await startMiniStage();
}, 60_000);
afterEach(() => expect(phone.exceptions()).toEqual([]));
afterAll(() => stage.close());

const recordOf = (title: string) => makeRecord(stage, stage.member('free_seats', 3), title);

/** A member without a seat opens it; the entry as the server has it. */
async function enter(arrival: MiniArrival): Promise<string | undefined> {
  const member = await newcomer(stage, stage.member('free_seats').corpId);
  phone = await stage.arrive(member, arrival);
  await readMiniScreen(phone);
  return (await sessionsOf(stage, member)).at(-1)?.entry;
}

async function standsAt(id: string, title: string): Promise<void> {
  await expect(phone.text('#record')).resolves.toContain(title);
  expect(await phone.address()).toMatch(new RegExp(`^pages/record/index\\?.*id=${id}`));
}

test('from the list of mini-programs: the records', async () => {
  await expect(enter({})).resolves.toBe('unknown');
  await phone.find('#records');
});

handTest('from the workbench, which the client’s scene number says', async () => {
  await expect(enter({ scene: 1119 })).resolves.toBe('workbench');
  await phone.find('#records');
});

test('a card that was shared: activated, on that very record', async () => {
  const { id, title } = await recordOf('1 号冷却塔');
  await expect(enter({ url: `/pages/record/index?id=${id}&from=share` })).resolves.toBe('share');
  await standsAt(id, title);
});

handTest('a shared card without its parameter is known by its scene number', async () => {
  const { id, title } = await recordOf('2 号冷却塔');
  await expect(enter({ url: `/pages/record/index?id=${id}`, scene: 1007 })).resolves.toBe('share');
  await standsAt(id, title);
});

test('a card in the app’s own conversation', async () => {
  const { id, title } = await recordOf('3 号冷却塔');
  await expect(enter({ url: `/pages/record/index?id=${id}&from=card` })).resolves.toBe('card');
  await standsAt(id, title);
});

test('a mini-program code on the thing itself: record and entry in its 32 characters', async () => {
  const { id, title } = await recordOf('4 号冷却塔');
  const code = encodeURIComponent(`r=${id}&f=qr`);
  await expect(enter({ url: `/pages/record/index?scene=${code}` })).resolves.toBe('qr');
  await expect(phone.text('#record')).resolves.toContain(title);
});

test('a plain link’s code, as H5 prints it on the label', async () => {
  const record = await recordOf('5 号冷却塔');
  const link = encodeURIComponent(record.links.qr);
  await expect(enter({ url: `/pages/records/index?q=${link}` })).resolves.toBe('qr');
  await standsAt(record.id, record.title);
});

test('a record of another corp: a clear refusal, from which the way leads to one’s own', async () => {
  const { id } = await recordOf('只有松涛知道的配电房');
  phone = await stage.arrive(stage.member('trial_day_12'), { url: `/pages/record/index?id=${id}&from=share` });
  expect(await readMiniScreen(phone)).toMatchObject({ kind: 'lost', title: '无法查看这里的内容' });
  await phone.tap('#gate-not-found #gate-action-home');
  await expect(phone.text('#records')).resolves.not.toContain('配电房');
});
