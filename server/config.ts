import { LANGUAGES, type Language } from '../domain/words/messages';
import { ConfigError, readEnv, type Env } from './config-reader';

/** Token and key of one callback address; `aesKey` is the decoded 32-byte EncodingAESKey. */
export type CallbackKeys = { readonly token: string; readonly aesKey: Buffer };

/** A suite's id and secret. */
export type SuiteCredentials = { readonly id: string; readonly secret: string };

/** Everything the server is told from outside, checked. Times in milliseconds unless the name says otherwise. */
export type Config = {
  readonly port: number;
  /** Origin that browsers and WeCom use, without a trailing slash. */
  readonly publicUrl: string;
  /** `postgres://…`, or the folder of the embedded store. */
  readonly databaseUrl: string;
  readonly suite: SuiteCredentials;
  /** The suite whose scan login the web page offers; the app's own suite unless told otherwise. */
  readonly loginSuite: SuiteCredentials;
  readonly provider: { readonly corpId: string; readonly secret: string };
  readonly callbacks: {
    readonly command: CallbackKeys;
    readonly data: CallbackKeys;
    readonly system: CallbackKeys;
  };
  /** Origins of WeCom's hosts, with scheme. */
  readonly origins: { readonly api: string; readonly oauth: string; readonly login: string; readonly install: string };
  /** Keys of the session hash: the first makes new ones, all are accepted. */
  readonly sessionSecrets: readonly string[];
  /** Keys that seal data at rest: the first seals, all open. 32 bytes each. */
  readonly dataKeys: readonly Buffer[];
  readonly miniProgramAppId: string | null;
  readonly warningDays: number;
  readonly activation: 'server' | 'platform';
  readonly staleGraceMs: number;
  /** Messages to administrators before a trial or seats end; null: none are sent. `leadDays`: working days an order takes. */
  readonly reminders: { readonly language: Language; readonly leadDays: number } | null;
  readonly factsFreshMs: number;
  /** On stopping, how long requests are still taken after /readyz has said no. */
  readonly drainMs: number;
  /** The business zone's distance from UTC; zones that change it are refused. */
  readonly utcOffsetMinutes: number;
  /** The sandbox's clock to follow; null for the machine's. */
  readonly clockUrl: string | null;
  readonly production: boolean;
  readonly appName: string;
  readonly purchaseUrl: string | null;
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
};

export { ConfigError };

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
const HOUR_MS = 3_600_000;

/**
 * Reads the environment. Throws one ConfigError that lists every missing or malformed variable; no secret has a default
 * and no value of a secret is repeated in the message.
 */
export function parseConfig(env: Env): Config {
  const read = readEnv(env);
  const production = env.NODE_ENV === 'production';
  const suite = { id: read.text('WECOM_SUITE_ID'), secret: read.text('WECOM_SUITE_SECRET') };
  const commandKeys = read.callbackKeys('WECOM_CALLBACK', null);
  const config: Config = {
    port: read.integer('PORT', { fallback: 8100, min: 0, max: 65_535 }),
    publicUrl: read.origin('PUBLIC_URL'),
    databaseUrl: read.databaseUrl('DATABASE_URL', './data'),
    suite,
    loginSuite: {
      id: read.text('LOGIN_SUITE_ID', suite.id),
      secret: read.text('LOGIN_SUITE_SECRET', suite.secret),
    },
    provider: { corpId: read.text('WECOM_PROVIDER_CORP_ID'), secret: read.text('WECOM_PROVIDER_SECRET') },
    callbacks: {
      command: commandKeys,
      data: read.callbackKeys('WECOM_CALLBACK_DATA', commandKeys),
      system: read.callbackKeys('WECOM_CALLBACK_SYSTEM', commandKeys),
    },
    origins: {
      api: read.origin('WECOM_API_ORIGIN', 'https://qyapi.weixin.qq.com'),
      oauth: read.origin('WECOM_OAUTH_ORIGIN', 'https://open.weixin.qq.com'),
      login: read.origin('WECOM_LOGIN_ORIGIN', 'https://login.work.weixin.qq.com'),
      install: read.origin('WECOM_INSTALL_ORIGIN', 'https://open.work.weixin.qq.com'),
    },
    sessionSecrets: read.secrets('SESSION_SECRET', 16),
    dataKeys: read.keys('DATA_KEY', 32),
    miniProgramAppId: read.optional('MINIPROGRAM_APP_ID'),
    warningDays: read.integer('WARNING_DAYS', { fallback: 7, min: 0, max: 90 }),
    activation: read.choice('ACTIVATION', ['server', 'platform'], 'server'),
    staleGraceMs: read.integer('STALE_GRACE_HOURS', { fallback: 24, min: 0, max: 24 * 30 }) * HOUR_MS,
    reminders: readReminders(read),
    drainMs: read.integer('DRAIN_SECONDS', { fallback: 0, min: 0, max: 300 }) * 1000,
    factsFreshMs: read.integer('FACTS_FRESH_SECONDS', { fallback: 300, min: 1, max: 86_400 }) * 1000,
    utcOffsetMinutes: read.utcOffsetMinutes('TZ_BUSINESS', 'Asia/Shanghai'),
    clockUrl: read.clockUrl('CLOCK', production),
    production,
    appName: read.text('APP_NAME', '点检记录'),
    purchaseUrl: read.optionalUrl('PURCHASE_URL'),
    logLevel: read.choice('LOG_LEVEL', LOG_LEVELS, 'info'),
  };
  read.finish();
  return config;
}

function readReminders(read: ReturnType<typeof readEnv>): Config['reminders'] {
  const language = read.choice('REMINDERS', [...LANGUAGES, 'off'], 'zh-CN');
  const leadDays = read.integer('ORDER_LEAD_DAYS', { fallback: 3, min: 0, max: 30 });
  return language === 'off' ? null : { language, leadDays };
}
