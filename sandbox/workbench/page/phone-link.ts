import { control } from './control';
import type { Client, Entry } from './state';
import type { Person } from './ui';

/** The phone proxy's origin: its port on the very host name this page was opened with, so that one cookie serves both. */
export function phoneOrigin(): string {
  const port = document.querySelector<HTMLMetaElement>('meta[name=phone-port]')?.content ?? '';
  return `${location.protocol}//${location.hostname}:${port}`;
}

const phoneIds = new Map<string, string>();

/** The phone of a person; the same one at the next call, so that logins last. */
async function ensurePhone(corpId: string, person: Person, client: Client): Promise<string> {
  const who = person === 'visitor' ? { outsider: true } : { userId: person.userId };
  const key = JSON.stringify([corpId, who, client]);
  const kept = phoneIds.get(key);
  if (kept) return kept;
  const { phoneId } = await control<{ phoneId: string }>('phones', { corpId, ...who, client });
  phoneIds.set(key, phoneId);
  return phoneId;
}

/** Forgets the phones, as the sandbox does at restore and reset. */
export function dropPhones(): void {
  phoneIds.clear();
}

export type Opening = {
  corpId: string;
  person: Person;
  client: Client;
  entry: Entry;
  path?: string;
  /** The app to open; the one the person's corp is played with when left out. */
  suiteId?: string;
  /** A message to press, instead of a path. */
  messageId?: string;
};

/** Opens the app on a person's phone the way WeCom would; answers the phone and the path on the proxy. */
export async function openOnPhone(opening: Opening): Promise<{ phoneId: string; path: string }> {
  const { corpId, person, client, ...way } = opening;
  const open = async () => {
    const phoneId = await ensurePhone(corpId, person, client);
    const { proxiedUrl } = await control<{ proxiedUrl: string }>(`phones/${phoneId}/open`, way);
    const url = new URL(proxiedUrl);
    return { phoneId, path: url.pathname + url.search + url.hash };
  };
  return open().catch(async () => {
    // The sandbox may have been started anew and know the phone no more.
    dropPhones();
    return open();
  });
}

export type Look = { english: boolean; dark: boolean };

/** Address that takes the phone in hand and shows a path on it. */
export function startUrl(phoneId: string, path: string, look: Look): string {
  const query = new URLSearchParams({
    phone: phoneId,
    to: path,
    lang: look.english ? 'en' : 'zh',
    scheme: look.dark ? 'Dark' : 'Light',
  });
  return `${phoneOrigin()}/__phone/start?${query}`;
}

/** The page the phone shows, or null before the first one. */
export async function wherePhoneIs(phoneId: string): Promise<string | null> {
  const answer = await fetch(`${phoneOrigin()}/__phone/where?phone=${phoneId}`);
  return answer.ok ? ((await answer.json()) as { path: string | null }).path : null;
}

export async function forgetLogin(phoneId: string): Promise<void> {
  await fetch(`${phoneOrigin()}/__phone/forget?phone=${phoneId}`, { method: 'POST' });
}

/** The records this person may see, for the forward and scan dialogs; empty when the app shows none. */
export async function readRecords(phoneId: string): Promise<{ path: string; title: string }[]> {
  const body = await peek(phoneId, '/api/records');
  const items = (body as { items?: { id: string; title: string }[] } | null)?.items ?? [];
  return items.map((item) => ({ path: `/record?id=${item.id}`, title: item.title }));
}

/** Whether the app server behind the phone answers at all. */
export async function isAppUp(phoneId: string): Promise<boolean> {
  return (await peek(phoneId, '/healthz')) !== null;
}

async function peek(phoneId: string, path: string): Promise<unknown> {
  const query = new URLSearchParams({ phone: phoneId, path });
  const answer = await fetch(`${phoneOrigin()}/__phone/peek?${query}`).catch(() => null);
  return answer?.ok ? answer.json().catch(() => ({})) : null;
}
