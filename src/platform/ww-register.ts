import type { GateState } from '../gate/gate-state';
import { requestJson } from './request';
import { whenQuiet } from './host';

type Sdk = typeof import('@wecom/jssdk');
type Signed = { readonly timestamp: number | string; readonly nonceStr: string; readonly signature: string };
type Signature = {
  readonly corpId: string;
  readonly agentId: string | number;
  readonly config: Signed;
  readonly agentConfig: Signed;
};

const SDK_CALLS = ['shareAppMessage', 'onMenuShareAppMessage', 'shareWechatMessage', 'onMenuShareWechat'];

let resolveSdk: (sdk: Sdk | null) => void;
const sdkReady = new Promise<Sdk | null>((resolve) => (resolveSdk = resolve));

/** How far the SDK came and why no further, readable in a debugger on `<html data-sdk>`; the gate never waits for it. */
function note(progress: string, detail?: unknown): void {
  const { dataset } = document.documentElement;
  dataset['sdk'] = progress;
  if (detail !== undefined) dataset['sdkDetail'] = detail instanceof Error ? detail.message : JSON.stringify(detail);
}

const signatureOf = (url: string): Promise<Signature> =>
  requestJson<Signature>('GET', `/api/jssdk/signature?url=${encodeURIComponent(url)}`);

/** What it says when a config fails, or is given up because the page's address has changed meanwhile. */
const STRAY = /^(?:(?:agent)?config:|SDK Error: Aborted$)/i;

/** The SDK leaves a failing config as an unhandled rejection; it is noted here and is no fault of the page. */
function catchStrays(): void {
  window.addEventListener('unhandledrejection', (event) => {
    const reason = event.reason as { errMsg?: unknown; message?: unknown } | null;
    const said = reason?.errMsg ?? reason?.message;
    if (typeof said !== 'string' || !STRAY.test(said)) return;
    event.preventDefault();
    note('refused', said);
  });
}

function register(sdk: Sdk, first: Signature): void {
  const pick = async (kind: 'config' | 'agentConfig', url: string) => {
    const { timestamp, nonceStr, signature } = (await signatureOf(url).catch(() => first))[kind];
    return { timestamp: String(timestamp), nonceStr, signature };
  };
  sdk.register({
    corpId: first.corpId,
    agentId: first.agentId,
    jsApiList: SDK_CALLS,
    getConfigSignature: (url) => pick('config', url),
    getAgentConfigSignature: (url) => pick('agentConfig', url),
    onConfigFail: (error) => note('refused', error),
    onAgentConfigSuccess: () => note('ready'),
    onAgentConfigFail: (error) => note('refused', error),
  });
}

async function start(): Promise<void> {
  try {
    const [sdk, first] = await Promise.all([import('@wecom/jssdk'), signatureOf(location.href.replace(/#.*/, ''))]);
    register(sdk, first);
    note('registered');
    resolveSdk(sdk);
  } catch (error) {
    note('absent', error);
    resolveSdk(null);
  }
}

/** Brings the SDK in behind the first page, for a member inside WeCom only. */
export function offerSdk(state: GateState): void {
  if (state.client !== 'wecom' || !state.person?.corpId) return resolveSdk(null);
  catchStrays();
  whenQuiet(() => void start());
}

/** The registered SDK; null where it cannot be. */
export function findSdk(): Promise<Sdk | null> {
  return sdkReady;
}
