import { z } from 'zod';
import { startWorld, type World } from '../support/world';

/** Everything the sandbox handed out, by the names under which its memory keeps it. */
const Handed = z.object({
  suites: z.array(
    z.object({ secret: z.string(), callbackToken: z.string(), tickets: z.array(z.object({ value: z.string() })) }),
  ),
  providers: z.array(z.object({ secret: z.string(), callbackToken: z.string(), callbackAesKey: z.string() })),
  tokens: z.array(z.object({ value: z.string() })),
  corps: z.array(z.object({ installs: z.array(z.object({ permanentCode: z.string() })) })),
});

let world: World;
const addresses: string[] = [];

beforeAll(async () => {
  world = await startWorld({ env: { LOG_LEVEL: 'trace' } });
});
afterAll(() => world.close());

/** The one-time values in the addresses a person went through. */
function oneTimeValues(): string[] {
  const names = ['code', 'state', 'auth_code', 'pre_auth_code', 'access_token'];
  return addresses.flatMap((address) => names.flatMap((name) => new URL(address).searchParams.getAll(name)));
}

function secretsOfWecom(): string[] {
  const { corps, providers, suites, tokens } = Handed.parse(world.sandbox.state);
  return [
    ...suites.flatMap(({ callbackToken, secret, tickets }) => [
      secret,
      callbackToken,
      ...tickets.map(({ value }) => value),
    ]),
    ...providers.flatMap(({ callbackAesKey, callbackToken, secret }) => [secret, callbackToken, callbackAesKey]),
    ...tokens.map(({ value }) => value),
    ...corps.flatMap(({ installs }) => installs.map(({ permanentCode }) => permanentCode)),
  ];
}

async function ownSecrets(cookie: string): Promise<string[]> {
  const { config, store } = world.deps;
  const rows = await store.db.selectFrom('sessions').select('sid_hash').execute();
  const keys = config.dataKeys.flatMap((key) => [key.toString('base64'), key.toString('hex')]);
  return [...config.sessionSecrets, ...keys, cookie, ...rows.map((row) => row.sid_hash)];
}

/** A run in which every kind of secret moves: installation, login, a second use of its code, a settings link, failures. */
async function liveThroughADay(): Promise<string> {
  const corp = await world.corp();
  const userId = corp.members[0]?.userId ?? '';
  const phone = await world.phone({ corpId: corp.corpId, userId });
  for (const entry of ['workbench', 'qr', 'settings'] as const) {
    addresses.push(...(await phone.open(await phone.addressOf(entry))).hops);
  }
  const callback = addresses.find((address) => address.includes('/login/callback?')) ?? '';
  await phone.get(callback);
  phone.dropCookies();
  await phone.get(callback);
  addresses.push(...(await phone.open(await phone.addressOf('workbench'))).hops);

  await world.order('faults', { endpoint: '*', kind: 'errcode', errcode: 40029, times: 3 });
  addresses.push(...(await phone.open(`${world.origin}/login`)).hops);
  await world.order('faults', { clear: true });
  await fetch(`${world.origin}/wecom/command?msg_signature=0&timestamp=0&nonce=0`, { method: 'POST', body: '<xml/>' });
  await fetch(`${world.origin}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code: 'MINI-PROGRAM-CODE', platform: 'weapp' }),
  });
  return phone.cookie(world.origin, 'gate_sid') ?? '';
}

test('a whole run logged at the finest level holds no secret, token, ticket, code or state', async () => {
  const cookie = await liveThroughADay();
  const logs = world.logs();
  const secrets = [...secretsOfWecom(), ...(await ownSecrets(cookie)), ...oneTimeValues(), 'MINI-PROGRAM-CODE'];
  const telling = [...new Set(secrets)].filter((secret) => secret.length >= 6);

  // The search can fail: these values are real, and what a log may hold is found the same way.
  expect(telling.length).toBeGreaterThan(15);
  expect(cookie).toMatch(/^[0-9A-Za-z]{43}$/);
  expect(logs).toContain('/login/callback');
  expect(logs).toContain('wecom answered');

  expect(telling.filter((secret) => logs.includes(secret))).toEqual([]);
});
