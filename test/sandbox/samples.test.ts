import { startRig, type CorpView, type Rig } from './rig/sandbox-rig';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig({ samples: true });
});
afterAll(() => rig.close());

const daysFromNow = (ms: number | null | undefined) => ((ms ?? 0) - rig.sandbox.clock.now()) / 86_400_000;

async function sample(id: string): Promise<CorpView> {
  const corp = rig.sandbox.state.corps.find((one) => one.sample === id);
  if (!corp) throw new Error(`no sample ${id}`);
  return rig.corpOf(corp.corpId);
}
const statuses = (corp: CorpView) => corp.codes.map((code) => code.status);

test('every corp has one who plays, an administrator and one who never has a seat', async () => {
  expect(rig.sandbox.state.corps).toHaveLength(11);
  for (const { corpId } of rig.sandbox.state.corps) {
    const { members } = await rig.corpOf(corpId);
    expect(members.map((member) => member.admin)).toEqual([false, true, false, false]);
    expect(members[3]?.seats).toEqual([]);
  }
});

test('trials stand where their names say', async () => {
  expect(daysFromNow((await sample('trial_day_12')).licence.trial?.end)).toBe(79);
  expect(daysFromNow((await sample('trial_5_left')).licence.trial?.end)).toBe(5);
  expect(daysFromNow((await sample('trial_over')).licence.trial?.end)).toBe(-10);
  expect((await sample('trial_over')).everPaid).toBe(false);
});

test('seats stand where their names say', async () => {
  const free = await sample('free_seats');
  expect([statuses(free).filter((status) => status === 1).length, free.autoActivation]).toEqual([8, true]);
  expect(statuses(await sample('used_up'))).toEqual([2, 2]);
  const ending = await sample('seat_3_days');
  expect(daysFromNow(ending.members[0]?.seats[0]?.expiresAt)).toBe(3);
  expect(statuses(ending)).toEqual([2, 2, 2]);
  const off = await sample('auto_off');
  expect([off.autoActivation, off.everPaid, statuses(off).includes(1)]).toEqual([false, true, true]);
  const lapsed = await sample('codes_lapsed');
  expect(lapsed.codes.filter((code) => daysFromNow(code.activateBefore) < 0 && code.status === 1)).toHaveLength(3);
});

test('the others stand where their names say', async () => {
  expect((await sample('not_enforced')).licence).toEqual({ status: 0, trial: null, checkAt: null });
  expect(await sample('custom')).toMatchObject({ kind: 'custom', suiteId: 'dksandboxtmpl0001', installed: true });
  const removed = await sample('removed');
  expect([removed.installed, daysFromNow(removed.removedAt)]).toEqual([false, -3]);
});

test('a server that comes up hears of every sample and can exchange its code', async () => {
  await rig.control('redeliver');
  while (rig.app.of('create_auth').length < 9) await new Promise((resolve) => setTimeout(resolve, 20));
  await rig.sandbox.callbacksSettled();
  expect(rig.app.of('cancel_auth')).toHaveLength(1);
  expect(rig.customApp.of('create_auth')).toHaveLength(1);
  const query = { suite_access_token: await rig.suiteToken() };
  const corps = await Promise.all(
    rig.app.of('create_auth').map(async ({ fields }) => {
      const answer = await rig.wire('service/v2/get_permanent_code', query, { auth_code: fields.AuthCode });
      return (answer.auth_corp_info as { corpid: string }).corpid;
    }),
  );
  expect(new Set(corps).size).toBe(9);
});
