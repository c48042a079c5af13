import { ConfigError, parseConfig } from '../../server/config';
import { testEnv } from '../support/app';

function problemsOf(over: Record<string, string | undefined>): readonly string[] {
  try {
    parseConfig(testEnv(over));
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

test('the required variables alone are enough; the rest has the documented defaults', () => {
  const config = parseConfig(
    testEnv({ WECOM_API_ORIGIN: undefined, LOG_LEVEL: undefined, PUBLIC_URL: 'https://gate.example/' }),
  );
  expect(config).toMatchObject({
    port: 8100,
    publicUrl: 'https://gate.example',
    databaseUrl: './data',
    origins: {
      api: 'https://qyapi.weixin.qq.com',
      oauth: 'https://open.weixin.qq.com',
      login: 'https://login.work.weixin.qq.com',
      install: 'https://open.work.weixin.qq.com',
    },
    warningDays: 7,
    activation: 'server',
    staleGraceMs: 86_400_000,
    factsFreshMs: 300_000,
    utcOffsetMinutes: 480,
    clockUrl: null,
    production: false,
    miniProgramAppId: null,
    appName: '点检记录',
    logLevel: 'info',
  });
  expect(config.loginSuite).toEqual(config.suite);
  expect(config.callbacks.data).toEqual(config.callbacks.command);
  expect(config.callbacks.command.aesKey).toHaveLength(32);
});

test('an empty environment is told every missing variable in one message', () => {
  const REQUIRED = [
    'PUBLIC_URL',
    'WECOM_SUITE_ID',
    'WECOM_SUITE_SECRET',
    'WECOM_CALLBACK_TOKEN',
    'WECOM_CALLBACK_AES_KEY',
    'WECOM_PROVIDER_CORP_ID',
    'WECOM_PROVIDER_SECRET',
    'SESSION_SECRET',
    'DATA_KEY',
  ];
  expect(() => parseConfig({})).toThrow(ConfigError);
  try {
    parseConfig({});
  } catch (error) {
    for (const name of REQUIRED) expect(String(error)).toContain(`${name} is missing`);
    expect((error as ConfigError).problems).toHaveLength(REQUIRED.length);
  }
});

test('an empty or blank variable is a missing one', () => {
  expect(problemsOf({ WECOM_SUITE_ID: '', WECOM_SUITE_SECRET: '  ' })).toEqual([
    'WECOM_SUITE_ID is missing',
    'WECOM_SUITE_SECRET is missing',
  ]);
});

test.each([
  ['PORT', '8e3', '8100'],
  ['PORT', '70000', '0'],
  ['PUBLIC_URL', 'ftp://gate.example', 'https://gate.example:8443'],
  ['PUBLIC_URL', 'https://gate.example/app', 'http://127.0.0.1:8100/'],
  ['PUBLIC_URL', 'https://user:pass@gate.example', 'gate.example'],
  ['DATABASE_URL', 'mysql://db', 'postgres://user@db/gate'],
  ['WECOM_CALLBACK_AES_KEY', 'tooshort', 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'],
  ['WECOM_CALLBACK_DATA_AES_KEY', '-'.repeat(43), 'Z'.repeat(43)],
  ['WECOM_API_ORIGIN', 'http://', 'http://127.0.0.1:9100'],
  ['DATA_KEY', 'bm90IDMyIGJ5dGVz', `${'A'.repeat(43)}=,${'B'.repeat(43)}=`],
  ['SESSION_SECRET', 'short', 'a-long-enough-one,and-another-long-one'],
  ['SESSION_SECRET', 'a-long-enough-one,short', 'a-long-enough-one'],
  ['WARNING_DAYS', '-1', '14'],
  ['ACTIVATION', 'both', 'platform'],
  ['STALE_GRACE_HOURS', 'a day', '0'],
  ['TZ_BUSINESS', 'Europe/Berlin', 'Asia/Singapore'],
  ['TZ_BUSINESS', 'Mars/Olympus', 'UTC'],
  ['CLOCK', 'sundial', 'http://127.0.0.1:9100/sandbox/clock'],
  ['PURCHASE_URL', 'javascript:alert(1)', 'https://shop.example/buy?x=1'],
  ['LOG_LEVEL', 'loud', 'silent'],
])('%s refuses %s and takes %s', (name, bad, good) => {
  expect(problemsOf({ [name]: bad })).toHaveLength(1);
  expect(problemsOf({ [name]: bad })[0]).toContain(name);
  expect(problemsOf({ [name]: good })).toEqual([]);
});

test('no value of a secret is repeated in the message', () => {
  const told = problemsOf({
    DATA_KEY: 'c2VjcmV0LW9uZQ==',
    SESSION_SECRET: 'sekret',
    WECOM_CALLBACK_AES_KEY: 'hush',
  }).join();
  expect(told).not.toMatch(/c2VjcmV0|sekret|hush/);
});

test("production starts on http://127.0.0.1 with test origins, and refuses any clock but the system's", () => {
  const production = {
    NODE_ENV: 'production',
    PUBLIC_URL: 'http://127.0.0.1:8100',
    WECOM_API_ORIGIN: 'http://127.0.0.1:9100',
  };
  expect(problemsOf({ ...production, CLOCK: 'system' })).toEqual([]);
  expect(problemsOf({ ...production, CLOCK: 'http://127.0.0.1:9100/sandbox/clock' })).toEqual([
    'CLOCK must be system when NODE_ENV is production',
  ]);
});

test('each callback address may have keys of its own', () => {
  const { callbacks } = parseConfig(
    testEnv({ WECOM_CALLBACK_DATA_TOKEN: 'data', WECOM_CALLBACK_SYSTEM_AES_KEY: 'Z'.repeat(43) }),
  );
  expect(callbacks.data.token).toBe('data');
  expect(callbacks.data.aesKey).toEqual(callbacks.command.aesKey);
  expect(callbacks.system.token).toBe(callbacks.command.token);
  expect(callbacks.system.aesKey).not.toEqual(callbacks.command.aesKey);
});
