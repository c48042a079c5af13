/** What WeCom's console would show a provider. Made up, public, and good for nothing outside the sandbox. */
export type ProviderCredentials = { readonly corpId: string; readonly secret: string };
export type SuiteCredentials = {
  readonly suiteId: string;
  readonly secret: string;
  readonly kind: 'third_party' | 'custom';
  readonly provider: ProviderCredentials;
  readonly callbackToken: string;
  readonly callbackAesKey: string;
};

export const THIRD_PARTY_PROVIDER: ProviderCredentials = {
  corpId: 'wwsandboxprovider',
  secret: 'sandbox-provider-secret-1',
};

export const CUSTOM_PROVIDER: ProviderCredentials = {
  corpId: 'wwsandboxprovidr2',
  secret: 'sandbox-provider-secret-2',
};

export const THIRD_PARTY_SUITE: SuiteCredentials = {
  suiteId: 'wwsandboxsuite0001',
  secret: 'sandbox-suite-secret-1',
  kind: 'third_party',
  provider: THIRD_PARTY_PROVIDER,
  callbackToken: 'sandboxToken01',
  callbackAesKey: 'sandboxKeyOfTheThirdPartySuite0123456789abc',
};

export const CUSTOM_SUITE: SuiteCredentials = {
  suiteId: 'dksandboxtmpl0001',
  secret: 'sandbox-suite-secret-2',
  kind: 'custom',
  provider: CUSTOM_PROVIDER,
  callbackToken: 'sandboxToken02',
  callbackAesKey: 'sandboxKeyOfTheCustomAppTemplate0123456789A',
};

export const SUITES: readonly SuiteCredentials[] = [THIRD_PARTY_SUITE, CUSTOM_SUITE];

/** The mini-program linked to each suite; `POST /sandbox/phones/:id/mini-login` gives its login codes. */
export const MINI_PROGRAM_APP_ID = 'wxsandboxminiprog1';

export type ServerEnvOptions = {
  /** Where the sandbox listens, e.g. http://127.0.0.1:9100. */
  readonly sandboxOrigin: string;
  /** false when the server is to keep the machine's own time. Default true. */
  readonly followClock?: boolean;
};

/** The environment that makes a server believe this sandbox is WeCom. Throws for a suite the sandbox does not have. */
export function serverEnvFor(suiteId: string, options: ServerEnvOptions): Record<string, string> {
  const suite = SUITES.find((candidate) => candidate.suiteId === suiteId);
  if (!suite) throw new Error(`The sandbox has no suite ${suiteId}; it has ${SUITES.map((s) => s.suiteId).join(', ')}`);
  const origin = options.sandboxOrigin;
  return {
    WECOM_SUITE_ID: suite.suiteId,
    WECOM_SUITE_SECRET: suite.secret,
    WECOM_CALLBACK_TOKEN: suite.callbackToken,
    WECOM_CALLBACK_AES_KEY: suite.callbackAesKey,
    WECOM_PROVIDER_CORP_ID: suite.provider.corpId,
    WECOM_PROVIDER_SECRET: suite.provider.secret,
    WECOM_API_ORIGIN: origin,
    WECOM_OAUTH_ORIGIN: origin,
    WECOM_LOGIN_ORIGIN: origin,
    WECOM_INSTALL_ORIGIN: origin,
    MINIPROGRAM_APP_ID: MINI_PROGRAM_APP_ID,
    ...(options.followClock === false ? {} : { CLOCK: `${origin}/sandbox/clock` }),
  };
}
