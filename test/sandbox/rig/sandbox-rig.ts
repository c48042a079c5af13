import { CUSTOM_SUITE, THIRD_PARTY_SUITE } from '../../../sandbox/credentials';
import { createSandbox, type Sandbox, type SandboxOptions } from '../../../sandbox/create-sandbox';
import type { presentCorp } from '../../../sandbox/control/present';
import { findEndpoint } from '../../wire/description/wire';
import { judgeAnswer } from '../../wire/judge';
import { startCustomRecordingApp, startRecordingApp, type RecordingApp } from './recording-app';

export type Wire = Record<string, unknown> & { errcode?: number };
export type CorpView = ReturnType<typeof presentCorp>;
export const DAY_MS = 86_400_000;

/** Where the rig's WeCom begins: 2026-03-10 12:00 in Shanghai, on a frozen clock. */
export const START_MS = Date.UTC(2026, 2, 10, 4);

/** A sandbox with a frozen clock, and an app that records its callbacks. */
export type Rig = Awaited<ReturnType<typeof startRig>>;

export async function startRig(options: Partial<SandboxOptions> = {}) {
  const app = await startRecordingApp();
  const customApp = await startCustomRecordingApp();
  const sandbox = await createSandbox({
    appUrl: app.url,
    customAppUrl: customApp.url,
    startAtMs: START_MS,
    samples: false,
    tick: false,
    ...options,
  });
  const rig = buildRig(sandbox, app, customApp);
  return rig;
}

function buildRig(sandbox: Sandbox, app: RecordingApp, customApp: RecordingApp) {
  const fetchJson = async (path: string, init?: RequestInit) => {
    const response = await fetch(sandbox.origin + path, init);
    return { status: response.status, body: (await response.json()) as unknown };
  };
  const post = (path: string, body: unknown) => {
    if (body instanceof FormData) return fetchJson(path, { method: 'POST', body });
    const headers = { 'content-type': 'application/json' };
    return fetchJson(path, { method: 'POST', headers, body: JSON.stringify(body) });
  };

  /** A call of WeCom's API. Its answer must be one that the description of the wire knows. */
  const wire = async (path: string, query: Record<string, string> = {}, body?: unknown): Promise<Wire> => {
    const full = `/cgi-bin/${path}?${new URLSearchParams(query)}`;
    const answer = (await (body === undefined ? fetchJson(full) : post(full, body))).body as Wire;
    const problems = findEndpoint(`/cgi-bin/${path}`) ? judgeAnswer(`/cgi-bin/${path}`, answer) : [];
    if (problems.length > 0) throw new Error(`${problems.join('; ')}: ${JSON.stringify(answer)}`);
    return answer;
  };
  /** An order to the sandbox; throws what it refuses. */
  const control = async <T = Wire>(path: string, body: unknown = {}): Promise<T> => {
    const answer = await post(`/sandbox/${path}`, body);
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
    return answer.body as T;
  };
  const refused = async (path: string, body: unknown) => (await post(`/sandbox/${path}`, body)) as Refusal;

  const suiteToken = async (suite = THIRD_PARTY_SUITE): Promise<string> => {
    await control('suite-ticket', { suiteId: suite.suiteId });
    const ticket = sandbox.state.suites.find((one) => one.suiteId === suite.suiteId)?.tickets.at(-1)?.value;
    const request = { suite_id: suite.suiteId, suite_secret: suite.secret, suite_ticket: ticket };
    return String((await wire('service/get_suite_token', {}, request)).suite_access_token);
  };
  const providerToken = async (suite = THIRD_PARTY_SUITE): Promise<string> => {
    const request = { corpid: suite.provider.corpId, provider_secret: suite.provider.secret };
    return String((await wire('service/get_provider_token', {}, request)).provider_access_token);
  };
  /** A licence call with a fresh provider token. */
  const licence = async (name: string, body: Record<string, unknown>, suite = THIRD_PARTY_SUITE): Promise<Wire> =>
    wire(`license/${name}`, { provider_access_token: await providerToken(suite) }, body);

  const corpOf = async (corpId: string) => (await fetchJson(`/sandbox/corps/${corpId}`)).body as CorpView;
  /** A corp with the app installed, its people being the first (ordinary), the second (administrator) and so on. */
  const newCorp = async (options: { kind?: 'custom'; people?: number; install?: boolean } = {}) => {
    const members = Array.from({ length: options.people ?? 4 }, (_, index) => `成员${index + 1}`);
    const corp = await control<CorpView>('corps', {
      name: '企业',
      members,
      ...(options.kind && { kind: options.kind }),
    });
    if (options.install ?? true) await control('install', { corpId: corp.corpId });
    return corpOf(corp.corpId);
  };
  const buy = async (corpId: string, order: Record<string, unknown>, pay: Record<string, unknown> = {}) => {
    const { orderId } = await control<{ orderId: string }>('orders', { corpId, ...order });
    await control(`orders/${orderId}/pay`, pay);
    return orderId;
  };
  const advance = (span: string) => control<{ now: number }>('clock', { advance: span });
  const moveTo = (now: number) => control<{ now: number }>('clock', { now });
  const close = async () => {
    await sandbox.close();
    await app.close();
    await customApp.close();
  };
  return {
    ...{ sandbox, app, customApp, wire, control, refused, suiteToken, providerToken, licence },
    ...{ corpOf, newCorp, buy, advance, moveTo, fetchJson, close },
  };
}

type Refusal = { status: number; body: { error: { code: string; message: string; errcode?: number } } };

/** The permanent code of a corp's app, read from the sandbox's memory. */
export function permanentCodeOf(rig: Rig, corpId: string): string {
  const corp = rig.sandbox.state.corps.find((one) => one.corpId === corpId);
  return corp?.installs.find((install) => install.removedAtMs === null)?.permanentCode ?? '';
}

/** A corp access token, by the way that fits the app. */
export async function corpToken(rig: Rig, corp: CorpView): Promise<string> {
  const secret = permanentCodeOf(rig, corp.corpId);
  if (corp.kind === 'custom') {
    return String((await rig.wire('gettoken', { corpid: corp.corpId, corpsecret: secret })).access_token);
  }
  const query = { suite_access_token: await rig.suiteToken() };
  const request = { auth_corpid: corp.corpId, permanent_code: secret };
  return String((await rig.wire('service/get_corp_token', query, request)).access_token);
}

export { CUSTOM_SUITE, THIRD_PARTY_SUITE };
