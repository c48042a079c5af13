import { RecordList, RecordView } from '../../server/http/contract/records';
import { anonymous, logIn, logInOutsider, type ApiClient } from '../support/api-client';
import { startWorld, type SandboxCorp, type World } from '../support/world';

let world: World;
let corp: SandboxCorp;
let member: ApiClient;

beforeAll(async () => {
  world = await startWorld();
  corp = await world.corp();
  member = await logIn(world, { corpId: corp.corpId, userId: corp.members[1]?.userId ?? '' });
});
afterAll(() => world.close());

const list = async (client: ApiClient) => RecordList.parse((await client.get('/api/records')).json()).items;

describe('records', () => {
  test('a new corp starts with three of its own, the newest check first', async () => {
    const items = await list(member);
    expect(items.map((item) => item.title)).toEqual(['3 号楼 消防栓', '2 号电梯', '配电室 A']);
    const other = await world.corp();
    const stranger = await logIn(world, { corpId: other.corpId, userId: other.members[0]?.userId ?? '' });
    const theirs = await list(stranger);
    expect(theirs.filter((item) => items.some((own) => own.id === item.id))).toEqual([]);
  });

  test('one record carries absolute links back to itself and their code as SVG', async () => {
    const [item] = await list(member);
    const view = RecordView.parse((await member.get(`/api/records/${item?.id}`)).json());
    expect(view.links).toEqual({
      share: `${world.origin}/record?id=${item?.id}&from=share`,
      qr: `${world.origin}/record?id=${item?.id}&from=qr`,
    });
    expect(view.qrSvg).toMatch(/^<svg/);
  });

  test('a check is written down and moves the record to the top', async () => {
    const item = (await list(member)).at(-1);
    await world.order('clock', { advance: '5m' });
    const answer = await member.post(`/api/records/${item?.id}`, { status: 'todo', note: '换灯' });
    expect(answer.json()).toMatchObject({ id: item?.id, status: 'todo', note: '换灯' });
    expect((await list(member))[0]?.id).toBe(item?.id);
  });

  test('a record is added, trimmed and checked', async () => {
    const answer = await member.post('/api/records', { title: '  消防门  ', place: '1 层' });
    expect(answer.status).toBe(201);
    const made = RecordView.parse(answer.json());
    expect(made).toMatchObject({ title: '消防门', status: 'ok', note: '' });
    expect((await list(member)).some((item) => item.id === made.id)).toBe(true);
    expect((await member.post('/api/records', { title: '   ' })).status).toBe(400);
    expect((await member.post(`/api/records/${made.id}`, { status: 'lost' })).status).toBe(400);
  });

  test('a zero byte is refused, in an address, a form and a text: no store gives it back', async () => {
    const refused = { error: { code: 'request.invalid', details: [{ problem: 'zero_byte' }] } };
    expect((await anonymous(world.origin).get('/api/labels/%00')).json()).toMatchObject(refused);
    expect((await member.get('/record?id=a%00')).status).toBe(400);
    expect((await member.post('/api/records', { title: 'a\0b' })).json()).toMatchObject(refused);
    const form = new URLSearchParams({ return_to: '/record\0' });
    expect((await member.post('/gate/actions/recheck', form)).json()).toMatchObject(refused);
    expect((await member.post('/api/records', { title: '\\u0000' })).status).toBe(201);
  });

  test('another corp’s record is as unknown as one that does not exist', async () => {
    const [item] = await list(member);
    const other = await world.corp();
    const stranger = await logIn(world, { corpId: other.corpId, userId: other.members[0]?.userId ?? '' });
    const path = `/api/records/${item?.id}`;
    const [theirs, nobodys] = [await stranger.get(path), await stranger.get('/api/records/no-such-record')];
    expect([theirs.status, nobodys.status]).toEqual([404, 404]);
    const shape = (text: string) => text.replace(/"requestId":"[^"]+"/, '');
    expect(shape(theirs.text)).toBe(shape(nobodys.text));
    expect((await stranger.post(path, { status: 'ok' })).status).toBe(404);
    expect((await member.get(path)).status).toBe(200);
  });

  test('without a session nothing is told', async () => {
    const [item] = await list(member);
    const nobody = anonymous(world.origin);
    for (const path of ['/api/records', `/api/records/${item?.id}`]) expect((await nobody.get(path)).status).toBe(401);
    expect((await nobody.post('/api/records', { title: 'x' })).status).toBe(401);
  });

  test('a visitor without a corp sees a public label, and nothing else', async () => {
    const outsider = await logInOutsider(world);
    const items = await list(member);
    const lift = items.find((item) => item.title === '2 号电梯');
    const label = await outsider.get(`/api/records/${lift?.id}`);
    expect(Object.keys(label.json()).sort()).toEqual(['checkedAt', 'place', 'status', 'title']);
    const others = items.filter((item) => item.title !== '2 号电梯');
    for (const { id } of others) expect((await outsider.get(`/api/records/${id}`)).status).toBe(404);
    expect((await outsider.get('/api/records')).json()).toMatchObject({ error: { code: 'access.outsider' } });
    expect((await outsider.post(`/api/records/${lift?.id}`, { status: 'ok' })).status).toBe(403);
  });

  test('a public label needs no login; a record without one is not there', async () => {
    const nobody = anonymous(world.origin);
    const items = await list(member);
    const lift = items.find((item) => item.title === '2 号电梯');
    const label = await nobody.get(`/api/labels/${lift?.id}`);
    expect([label.status, Object.keys(label.json()).sort()]).toEqual([200, ['checkedAt', 'place', 'status', 'title']]);
    const others = items.filter((item) => item.title !== '2 号电梯').map(({ id }) => id);
    expect(others.length).toBeGreaterThan(0);
    for (const id of [...others, 'none']) expect((await nobody.get(`/api/labels/${id}`)).status).toBe(404);
    expect((await member.get(`/api/labels/${others[0]}`)).status).toBe(404);
  });

  test('writing with the cookie needs our own page', async () => {
    const sent = (origin: string) =>
      anonymous(world.origin).post('/api/records', { title: '伪造' }, { cookie: `gate_sid=${member.token}`, origin });
    expect((await sent('https://elsewhere.example')).status).toBe(403);
    expect((await sent(world.origin)).status).toBe(201);
  });
});

describe('behind the gate', () => {
  test('a blocked member gets the reason and nothing of the feature, by any route', async () => {
    const [item] = await list(member);
    await world.order('clock', { advance: '91d' });
    const late = await logIn(world, { corpId: corp.corpId, userId: corp.members[1]?.userId ?? '' });
    const answers = [
      await late.get('/api/records'),
      await late.get(`/api/records/${item?.id}`),
      await late.post(`/api/records/${item?.id}`, { status: 'ok' }),
      await late.post('/api/records', { title: '新' }),
    ];
    for (const answer of answers) {
      expect(answer.status).toBe(403);
      expect(answer.json()).toMatchObject({ error: { code: 'access.blocked', details: { reason: 'trial_over' } } });
      expect(answer.text).not.toContain('电梯');
    }
  });
});

describe('a custom app', () => {
  test('gives links that lead in by the corp’s own path', async () => {
    const custom = await startWorld({ kind: 'custom' });
    try {
      const own = await custom.corp();
      const client = await logIn(custom, { corpId: own.corpId, userId: own.members[0]?.userId ?? '' });
      const [item] = await list(client);
      const view = (await client.get(`/api/records/${item?.id}`)).json<RecordView>();
      expect(view.links.qr).toBe(`${custom.origin}/c/${own.corpId}/record?id=${item?.id}&from=qr`);
    } finally {
      await custom.close();
    }
  });
});
