import { CUSTOM_PROVIDER, SUITES, THIRD_PARTY_PROVIDER, type SuiteCredentials } from '../credentials';
import type { Provider, State, Suite } from './types';

/** Where the two apps answer. */
export type AppUrls = { readonly appUrl: string; readonly customAppUrl: string };

const APP_NAME = '点检记录';

/** An empty WeCom: two providers with one app each, and no corp. */
export function createInitialState(nowMs: number, urls: AppUrls, seed = 1): State {
  const state: State = {
    version: 2,
    nowMs,
    nextSerial: 2,
    settings: {
      interception: 'notify',
      ipAllowList: null,
      yearlyPriceFen: { base: 500, externalContact: 5000 },
      jobSeconds: 2,
      rateLimit: null,
      clockSkewMs: 0,
    },
    providers: SUITES.map((suite) => createProvider(suite)),
    suites: SUITES.map((suite) => createSuite(suite)),
    corps: [],
    orders: [],
    codes: [],
    renewJobs: [],
    unionJobs: [],
    payJobs: [],
    handovers: [],
    messages: [],
    media: [],
    tokens: [],
    preAuthCodes: [],
    authCodes: [],
    loginCodes: [],
    userTickets: [],
    callbacks: [],
    phones: [],
    faults: [],
    callbackFaults: [],
    held: [],
    mailUnderWay: [],
    rates: {},
    dice: seed,
    agenda: [],
    openers: [],
    sweptAtMs: nowMs,
    notifiedAtMs: {},
    installingCorpId: null,
  };
  pointAt(state, urls);
  return state;
}

/** Tells WeCom's console where the apps answer now; a kept state may have been made for other ports. */
export function pointAt(state: State, { appUrl, customAppUrl }: AppUrls): void {
  for (const suite of state.suites) {
    const custom = suite.kind === 'custom';
    const base = (custom ? customAppUrl : appUrl).replace(/\/$/, '');
    const host = new URL(base).host;
    suite.homeUrl = custom ? `${base}/c/$CORPID$/records?from=workbench` : `${base}/records?from=workbench`;
    suite.settingsUrl = `${base}/login/admin`;
    suite.commandUrl = `${base}/wecom/command`;
    suite.dataUrl = `${base}/wecom/data?corpid=$CORPID$`;
    suite.trustedDomains = [host];
    suite.installDomains = [host];
    suite.ticketConfirmed = false;
    const provider = state.providers.find((one) => one.corpId === suite.providerId);
    if (provider) provider.systemUrl = `${base}/wecom/system`;
  }
}

function createProvider(suite: SuiteCredentials): Provider {
  const names = { [THIRD_PARTY_PROVIDER.corpId]: '沙箱服务商', [CUSTOM_PROVIDER.corpId]: '沙箱代开发服务商' };
  return {
    corpId: suite.provider.corpId,
    secret: suite.provider.secret,
    name: names[suite.provider.corpId] ?? suite.provider.corpId,
    systemUrl: '',
    callbackToken: suite.callbackToken,
    callbackAesKey: suite.callbackAesKey,
    buyers: ['zhangsan', 'lisi'],
    balanceFen: 1_000_000_000,
  };
}

function createSuite(suite: SuiteCredentials): Suite {
  return {
    suiteId: suite.suiteId,
    secret: suite.secret,
    kind: suite.kind,
    providerId: suite.provider.corpId,
    appName: APP_NAME,
    homeUrl: '',
    settingsUrl: '',
    commandUrl: '',
    dataUrl: '',
    callbackToken: suite.callbackToken,
    callbackAesKey: suite.callbackAesKey,
    trustedDomains: [],
    installDomains: [],
    tickets: [],
    ticketConfirmed: false,
  };
}
