import type { Sandbox } from '../../sandbox/create-sandbox';
import { USER_AGENTS } from '../../sandbox/login/user-agents';
import { createBrowser, type Browser, type BrowserOptions } from './browser';

export type PhoneClient = keyof typeof USER_AGENTS;
export type Entry = 'workbench' | 'card' | 'share' | 'qr' | 'settings' | 'web' | 'link';

/** One person's device: a browser that WeCom recognises. */
export type TestPhone = Browser & {
  readonly id: string;
  /** The address an entry leads to. */
  readonly addressOf: (entry: Entry, path?: string) => Promise<string>;
};

/** What a test orders from the sandbox. */
export type Control = {
  /** An order to the sandbox's control API. */
  readonly order: <T = unknown>(path: string, body: object) => Promise<T>;
  readonly phone: (
    holder: { corpId: string; userId: string } | 'outsider',
    client?: PhoneClient,
    browser?: Pick<BrowserOptions, 'refuses'>,
  ) => Promise<TestPhone>;
};

export function createControl(sandbox: Pick<Sandbox, 'origin'>, suiteId: string): Control {
  const order = async <T>(path: string, body: object): Promise<T> => {
    const url = `${sandbox.origin}/sandbox/${path}`;
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    return (await response.json()) as T;
  };

  const phone: Control['phone'] = async (holder, client = 'wecom-ios', browser = {}) => {
    const who = holder === 'outsider' ? { outsider: true } : { corpId: holder.corpId, userId: holder.userId };
    const { phoneId } = await order<{ phoneId: string }>('phones', { ...who, client });
    const headers = { 'user-agent': USER_AGENTS[client], 'x-sandbox-phone': phoneId };
    const addressOf: TestPhone['addressOf'] = async (entry, path) =>
      (await order<{ url: string }>(`phones/${phoneId}/open`, { entry, path, suiteId })).url;
    return { id: phoneId, addressOf, ...createBrowser({ ...browser, headers }) };
  };
  return { order, phone };
}
