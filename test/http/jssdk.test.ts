import { createHash } from 'node:crypto';
import { openCorp } from '../../server/corps/open-corp';
import { plainPages } from '../support/plain-pages';
import { startWorld, type SandboxCorp, type TestPhone, type World } from '../support/world';

let world: World;
let corp: SandboxCorp;
let phone: TestPhone;

beforeAll(async () => {
  world = await startWorld({ given: { pages: plainPages } });
  corp = await world.corp();
  phone = await world.phone({ corpId: corp.corpId, userId: corp.members[0]?.userId ?? '' });
  await phone.open(`${world.origin}/records`);
});
afterAll(() => world.close());

const ask = (url: string, who: TestPhone = phone) =>
  who.get(`${world.origin}/api/jssdk/signature?url=${encodeURIComponent(url)}`);

type Signed = { timestamp: number; nonceStr: string; signature: string };

describe('GET /api/jssdk/signature', () => {
  test('signs our page for the session’s corp with both tickets', async () => {
    const page = `${world.origin}/record?id=1&from=qr`;
    const answer = await ask(`${page}#top`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const body = JSON.parse(answer.text) as { corpId: string; agentId: string; config: Signed; agentConfig: Signed };
    const ref = await openCorp(world.deps, corp.corpId);
    if (ref === null) throw new Error('the app is not installed');
    expect(body).toMatchObject({ corpId: corp.corpId, agentId: ref.agentId });
    for (const [scope, { timestamp, nonceStr, signature }] of [
      ['corp', body.config],
      ['agent', body.agentConfig],
    ] as const) {
      const ticket = await world.deps.wecom.getJsTicket(ref, scope);
      const text = `jsapi_ticket=${ticket}&noncestr=${nonceStr}&timestamp=${timestamp}&url=${page}`;
      expect(signature).toBe(createHash('sha1').update(text).digest('hex'));
    }
    expect(body.config.signature).not.toBe(body.agentConfig.signature);
  });

  test.each(['https://evil.example/', 'http://127.0.0.1/', 'javascript:alert(1)', 'records', ''])(
    'refuses to sign %s',
    async (url) => {
      const answer = await ask(url);
      expect(answer.status).toBe(400);
      expect(answer.text).not.toContain('signature');
    },
  );

  test('asks for a login, and has nothing for an outsider', async () => {
    const page = `${world.origin}/records`;
    const nobody = await world.phone({ corpId: corp.corpId, userId: corp.members[0]?.userId ?? '' });
    expect((await ask(page, nobody)).status).toBe(401);
    const outsider = await world.phone('outsider', 'wechat');
    await outsider.open(`${world.origin}/login`);
    expect((await ask(page, outsider)).status).toBe(403);
  });

  test('has nothing for a corp without the app', async () => {
    const other = await world.corp({ name: '没有安装', installed: false });
    const stranger = await world.phone({ corpId: other.corpId, userId: other.members[0]?.userId ?? '' });
    await stranger.open(`${world.origin}/records`);
    const answer = await ask(`${world.origin}/records`, stranger);
    expect(answer.status).toBe(403);
    expect(answer.text).toContain('app_not_installed');
  });
});
