import type { CorpView, Rig } from './sandbox-rig';
import { CUSTOM_SUITE, THIRD_PARTY_SUITE } from './sandbox-rig';

type Entry = 'workbench' | 'card' | 'share' | 'qr' | 'settings' | 'web' | 'link';

/** A phone in somebody's hand. */
export async function phoneOf(rig: Rig, corpId: string, userId: string, client = 'wecom-ios'): Promise<string> {
  return (await rig.control<{ phoneId: string }>('phones', { corpId, userId, client })).phoneId;
}

export async function outsiderPhone(rig: Rig): Promise<string> {
  return (await rig.control<{ phoneId: string }>('phones', { outsider: true, client: 'wechat' })).phoneId;
}

export async function open(rig: Rig, phone: string, entry: Entry, path?: string): Promise<string> {
  return (await rig.control<{ url: string }>(`phones/${phone}/open`, { entry, ...(path && { path }) })).url;
}

/** Goes to WeCom's authorize page on this phone and returns its answer, redirects not followed. */
export async function authorize(rig: Rig, phone: string, query: Record<string, string> = {}): Promise<Response> {
  const url = new URL('/connect/oauth2/authorize', rig.sandbox.origin);
  url.search = new URLSearchParams({
    appid: THIRD_PARTY_SUITE.suiteId,
    redirect_uri: `${rig.app.url}/login/callback`,
    response_type: 'code',
    scope: 'snsapi_base',
    state: 'abc123',
    ...query,
  }).toString();
  return fetch(url, { redirect: 'manual', headers: { 'x-sandbox-phone': phone } });
}

/** The query that a custom app's authorize URL needs. */
export function customQuery(rig: Rig, corp: CorpView): Record<string, string> {
  return {
    appid: corp.corpId,
    agentid: String(corp.agentId),
    redirect_uri: `${rig.customApp.url}/login/callback`,
  };
}

export function locationOf(response: Response): URL {
  return new URL(response.headers.get('location') ?? 'about:blank');
}

/** Logs in by OAuth and returns the code. */
export async function codeOf(rig: Rig, phone: string, query: Record<string, string> = {}): Promise<string> {
  return locationOf(await authorize(rig, phone, query)).searchParams.get('code') ?? '';
}

export async function identity(rig: Rig, code: string, path = 'service/auth/getuserinfo3rd') {
  return rig.wire(path, { suite_access_token: await rig.suiteToken(), code });
}

export { CUSTOM_SUITE, THIRD_PARTY_SUITE };
