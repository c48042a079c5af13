import { runOperator } from '../../server/ops/run-operator';
import type { Checked } from '../../server/ops/doctor/run-doctor';
import { serverEnvFor, THIRD_PARTY_SUITE } from '../../sandbox/credentials';
import { testEnv } from '../support/app';
import { startWorld, type World } from '../support/world';

let world: World;
let env: Record<string, string | undefined>;

beforeAll(async () => {
  const keys = testEnv();
  const sessionSecret = 'kJ7pQx2mV9tR4wZ8cN3bY6hL1fD5gS0a';
  world = await startWorld({ env: { DATA_KEY: keys.DATA_KEY ?? '', SESSION_SECRET: sessionSecret } });
  await world.corp();
  env = {
    ...keys,
    ...serverEnvFor(THIRD_PARTY_SUITE.suiteId, { sandboxOrigin: world.sandbox.origin, followClock: false }),
    SESSION_SECRET: sessionSecret,
    PUBLIC_URL: world.origin,
    DATABASE_URL: world.deps.config.databaseUrl,
  };
});
afterAll(() => world.close());

async function doctor(over: Record<string, string | undefined> = {}, args: string[] = ['--json']) {
  let [out, err] = ['', ''];
  const code = await runOperator(
    ['doctor', ...args],
    { ...env, ...over },
    { write: (said) => (out += said) },
    { write: (said) => (err += said) },
  );
  return { code, out, err };
}

async function checksOf(over: Record<string, string | undefined> = {}) {
  const { code, out } = await doctor(over);
  const { checks } = JSON.parse(out) as { checks: Checked[] };
  const resultOf = (id: string) => checks.find((check) => check.id === id)?.result;
  return { code, checks, resultOf };
}

test('a server that is set up well passes every check, against WeCom too', async () => {
  const { checks, code } = await checksOf();
  expect(checks.filter(({ result }) => !['ok', 'note'].includes(result))).toEqual([]);
  expect(checks.find(({ id }) => id === 'app-licence')?.result).toBe('ok');
  expect(code).toBe(0);
});

test('a wrong suite secret fails at the suite token, with what to do, and what rests on it is skipped', async () => {
  // Although the token in the store is still good.
  expect((await world.deps.store.db.selectFrom('tokens').select('key').execute()).length).toBeGreaterThan(1);
  const { checks, code, resultOf } = await checksOf({ WECOM_SUITE_SECRET: 'wrong' });
  expect(code).toBe(1);
  expect(resultOf('suite_access_token')).toBe('fail');
  expect(resultOf('pre_auth_code')).toBe('skip');
  expect(resultOf('provider_access_token')).toBe('ok');
  expect(checks.find(({ id }) => id === 'suite_access_token')?.todo?.en).toMatch(/secret/i);
  expect((await checksOf()).resultOf('suite_access_token')).toBe('ok');
});

test('a suite of its own for the login needs a ticket of its own; without one there is nothing to say', async () => {
  expect((await checksOf()).resultOf('login-suite-ticket')).toBe('note');
  const { code, resultOf } = await checksOf({ LOGIN_SUITE_ID: 'wwlogin', LOGIN_SUITE_SECRET: 'secret' });
  expect(resultOf('login-suite-ticket')).toBe('fail');
  expect(resultOf('suite-ticket')).toBe('ok');
  expect(code).toBe(1);
});

test('a callback token that the running server does not have fails its address, and only that one', async () => {
  const { code, resultOf } = await checksOf({
    WECOM_CALLBACK_DATA_TOKEN: 'anothertoken',
    WECOM_CALLBACK_DATA_AES_KEY: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
  });
  expect(code).toBe(1);
  expect(resultOf('callback-data')).toBe('fail');
  expect(resultOf('callback-command')).toBe('ok');
  expect(resultOf('callback-system')).toBe('ok');
});

test('a store that cannot be reached fails once, and everything that needs no store is still checked', async () => {
  const { code, checks, resultOf } = await checksOf({ DATABASE_URL: 'postgres://u:secret@127.0.0.1:9/none' });
  expect(code).toBe(1);
  expect(resultOf('store')).toBe('fail');
  expect(resultOf('write')).toBe('skip');
  expect(resultOf('callback-command')).toBe('ok');
  expect(JSON.stringify(checks)).not.toContain('secret@');
});

test('an address nobody answers at fails, and its callbacks are not blamed', async () => {
  const { resultOf } = await checksOf({ PUBLIC_URL: 'http://127.0.0.1:9' });
  expect(resultOf('public-url')).toBe('fail');
  expect(resultOf('callback-command')).toBe('skip');
});

test('weak keys are warned about, and that alone is no failure', async () => {
  const { code, resultOf } = await checksOf({ SESSION_SECRET: 'aaaaaaaaaaaaaaaaaaaa' });
  expect(resultOf('keys')).toBe('warn');
  expect(code).toBe(0);
});

test('a configuration that cannot be used is told in one message, and nothing is tried', async () => {
  const { code, err, out } = await doctor({ WECOM_SUITE_ID: undefined, DATA_KEY: 'short' });
  expect(code).toBe(2);
  expect(out).toBe('');
  expect(err).toContain('WECOM_SUITE_ID is missing');
  expect(err).toContain('DATA_KEY');
});

test('it speaks Chinese unless told otherwise, and English when asked', async () => {
  expect((await doctor({}, [])).out).toContain('一切正常');
  expect((await doctor({}, ['--lang', 'en'])).out).toContain('All is well.');
  expect((await doctor({ LANG: 'en_GB.UTF-8' }, [])).out).toContain('All is well.');
});

test('no output names a secret', async () => {
  const { out } = await doctor({}, []);
  for (const name of [
    'WECOM_SUITE_SECRET',
    'WECOM_PROVIDER_SECRET',
    'SESSION_SECRET',
    'DATA_KEY',
    'WECOM_CALLBACK_TOKEN',
  ])
    expect(out).not.toContain(env[name]);
});
