import { startRig, type CorpView, type Rig } from './rig/sandbox-rig';

let rig: Rig;
let corp: CorpView;
beforeEach(async () => {
  rig = await startRig();
  corp = await rig.newCorp({ people: 5 });
  await rig.buy(corp.corpId, { base: 2, externalContact: 1, months: 12 });
  await rig.control('seats', { corpId: corp.corpId, userId: user(0) });
});
afterEach(() => rig.close());

const user = (index: number) => corp.members[index]?.userId ?? '';
const act = (index: number, action: string) =>
  rig.control('members', { corpId: corp.corpId, userId: user(index), action });
const move = async (from: number, to: number) => {
  const transfer_list = [{ handover_userid: user(from), takeover_userid: user(to) }];
  const answer = await rig.licence('batch_transfer_license', { corpid: corp.corpId, transfer_list });
  return (answer.transfer_result as { errcode: number }[])[0]?.errcode;
};
const seatsOf = async (index: number) => (await rig.corpOf(corp.corpId)).members[index]?.seats ?? [];

test('a leaver hands on all licences with their expiry, and the next leaver may at once', async () => {
  await rig.control('seats', { corpId: corp.corpId, userId: user(0), type: 2 });
  const before = await seatsOf(0);
  await act(0, 'leave');
  await rig.advance('3d');
  expect(await move(0, 1)).toBe(0);
  expect(await seatsOf(0)).toEqual([]);
  expect((await seatsOf(1)).map((seat) => seat.expiresAt)).toEqual(before.map((seat) => seat.expiresAt));
  await act(1, 'leave');
  expect(await move(1, 2)).toBe(0);
});

test('from a member in service an account moves once in 30 days', async () => {
  expect(await move(0, 1)).toBe(0);
  await rig.advance('2591999s');
  expect(await move(1, 2)).toBe(701017);
  await rig.advance('1s');
  expect(await move(1, 2)).toBe(0);
});

test('a receiver with the same type is taken with 20 days or less left', async () => {
  await rig.control('seats', { corpId: corp.corpId, userId: user(1) });
  expect(await move(0, 1)).toBe(701018);
  await rig.advance('351d');
  await rig.buy(corp.corpId, { base: 1, months: 12 });
  await rig.control('seats', { corpId: corp.corpId, userId: user(2) });
  expect(await move(2, 1)).toBe(701018);
  await rig.advance('1d');
  expect(await move(2, 1)).toBe(0);
  expect(await seatsOf(1)).toHaveLength(1);
});

test.each([
  ['nothing to give', 3, 4, 701016],
  ['giver and receiver the same', 0, 0, 701020],
])('%s is refused', async (_what, from, to, errcode) => {
  expect(await move(from, to)).toBe(errcode);
  expect(await move(0, 4)).toBe(0);
});

test('receivers out of range and strangers are refused', async () => {
  await act(1, 'hide');
  expect(await move(0, 1)).toBe(701088);
  const transfer_list = [{ handover_userid: user(0), takeover_userid: 'woNobody' }];
  const answer = await rig.licence('batch_transfer_license', { corpid: corp.corpId, transfer_list });
  expect(answer).toMatchObject({ errcode: 701024, transfer_result: [{ errcode: 701019 }] });
  await act(1, 'show');
  expect(await move(0, 1)).toBe(0);
});

test('within a batch nobody gives twice and nobody receives twice: the first one stands', async () => {
  await rig.control('seats', { corpId: corp.corpId, userId: user(1), type: 2 });
  const moves = [
    [0, 2],
    [0, 3],
    [1, 2],
    [1, 4],
  ] as const;
  const transfer_list = moves.map(([from, to]) => ({ handover_userid: user(from), takeover_userid: user(to) }));
  const { transfer_result } = await rig.licence('batch_transfer_license', { corpid: corp.corpId, transfer_list });
  const errcodes = (transfer_result as { errcode: number }[]).map(({ errcode }) => errcode);
  expect(errcodes).toEqual([0, 701020, 701020, 701020]);
  expect(await move(1, 4)).toBe(0);
});
