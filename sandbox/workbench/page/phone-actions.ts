import { forgetLogin, isAppUp, openOnPhone, type Opening, readRecords, startUrl, wherePhoneIs } from './phone-link';
import type { Client, Corp } from './state';
import { findCorp, findMember, type Person, type Store } from './ui';
import type { Say } from './words';

type Tools = {
  attempt(work: () => Promise<unknown>, doneText?: string): Promise<void>;
  toast(text: string, tone?: 'ok' | 'stop'): void;
  say: Say;
};

export type EntryButton = 'workbench' | 'card' | 'share' | 'qr' | 'settings' | 'web' | 'wechat';

/** Which page a fresh deep link shows when none is open: the list. */
export const LIST_PATH = '/records';

/** Everything done with the phone in the middle of the page. */
export function createPhoneActions(store: Store, { attempt, toast, say }: Tools) {
  let serial = 0;
  /** The app's health is asked for at every fifth look only: it fills the server's log. */
  let asked = 0;
  const look = () => ({ english: store.ui.phoneEnglish, dark: store.ui.phoneDark });
  const client = (): Client => (store.ui.person === 'visitor' ? 'wechat' : store.ui.device);

  const openAs = (opening: Opening): Promise<void> =>
    attempt(async () => {
      const opened = await openOnPhone(opening);
      const src = startUrl(opened.phoneId, opened.path, look());
      const { client, entry } = opening;
      store.set({ phone: { serial: ++serial, phoneId: opened.phoneId, src, client, entry }, where: opened.path });
    });

  const openLink = async (entry: 'share' | 'qr'): Promise<void> => {
    const { phone, where, person } = store.ui;
    const records = phone ? await readRecords(phone.phoneId) : [];
    const current = where?.startsWith('/record') ? [{ path: cleanPath(where), title: say('linkCurrent') }] : [];
    const list = { path: LIST_PATH, title: say('linkList') };
    const pages = dedupe([...current, ...records, list]);
    const receiver = receiverOf(entry, findCorp(store.ui), person);
    store.set({ dialog: { kind: 'link', entry, pages, path: pages[0]?.path ?? LIST_PATH, receiver } });
  };

  return {
    /** One of the seven ways in, for the person in hand; those that need another person say so. */
    async enter(button: EntryButton): Promise<void> {
      const { corpId, person } = store.ui;
      const corp = findCorp(store.ui);
      if (!corpId || !corp || !person) return;
      if (button === 'share' || button === 'qr') return openLink(button);
      const who = { corpId, person };
      if (button === 'wechat') {
        return openAs({ ...who, entry: 'link', client: 'wechat', path: appPath(corp, LIST_PATH) });
      }
      if (person === 'visitor') return toast(say('needsMember'), 'stop');
      if (button === 'web') return openAs({ ...who, entry: 'web', client: 'browser', path: webLoginPath(corp) });
      if (button === 'settings' && !findMember(store.ui)?.admin) return toast(say('needsAdmin'), 'stop');
      if (button === 'settings') return openAs({ ...who, entry: 'settings', client: 'browser' });
      return openAs({ ...who, entry: button, client: client(), path: button === 'card' ? cardPath() : undefined });
    },
    /** Opens a forwarded or scanned link on the receiver's phone, who becomes the person in hand. */
    async follow(entry: 'share' | 'qr', receiver: string, path: string): Promise<void> {
      const from = findCorp(store.ui);
      if (!from) return;
      const [receiverCorp, userId] = receiver.split('/');
      const person: Person = receiver === 'visitor' || !userId ? 'visitor' : { userId };
      const corpId = person === 'visitor' ? from.corpId : (receiverCorp ?? from.corpId);
      store.set({ dialog: null, corpId, person, phone: null, where: null });
      await openAs({ corpId, person, entry, client: client(), path: appPath(from, path), suiteId: from.suiteId });
    },
    /** Presses a message the person in hand got. */
    async openMessage(messageId: string): Promise<void> {
      const { corpId, person } = store.ui;
      if (corpId && person) await openAs({ corpId, person, entry: 'card', client: client(), messageId });
    },
    openLink,
    reload(): void {
      const { phone, where } = store.ui;
      if (phone)
        store.set({ phone: { ...phone, serial: ++serial, src: startUrl(phone.phoneId, where ?? '/', look()) } });
    },
    goHome: () => store.set({ phone: null, where: null }),
    async signOut(): Promise<void> {
      const phone = store.ui.phone;
      if (!phone) return;
      await forgetLogin(phone.phoneId);
      store.set({ phone: null, where: null });
      toast(say('signedOut'));
    },
    async watch(): Promise<void> {
      const phone = store.ui.phone;
      if (!phone) return;
      const where = await wherePhoneIs(phone.phoneId).catch(() => null);
      if (where && store.ui.phone?.phoneId === phone.phoneId && where !== store.ui.where) store.set({ where });
      if (asked++ % 5 > 0) return;
      const appUp = await isAppUp(phone.phoneId);
      if (appUp !== store.ui.appUp) store.set({ appUp });
    },
  };

  function cardPath(): string {
    const where = store.ui.where;
    return where?.startsWith('/record?') ? cleanPath(where) : LIST_PATH;
  }
}

/** Whose phone the dialog offers first: a scan is done oneself, a link is forwarded to a colleague. */
function receiverOf(entry: 'share' | 'qr', corp: Corp | null, person: Person | null): string {
  const self = person === 'visitor' ? null : (person?.userId ?? null);
  if (entry === 'qr') return corp && self ? `${corp.corpId}/${self}` : 'visitor';
  const colleague = corp?.members.find((member) => !member.left && member.userId !== self);
  return corp && colleague ? `${corp.corpId}/${colleague.userId}` : 'visitor';
}

/** A custom app knows its corp by the path: its links carry it, whoever opens them. */
export function appPath(corp: Corp, path: string): string {
  return corp.kind === 'custom' && !path.startsWith('/c/') ? `/c/${encodeURIComponent(corp.corpId)}${path}` : path;
}

function webLoginPath(corp: Corp): string {
  return corp.kind === 'custom' ? `/login/web?corp=${encodeURIComponent(corp.corpId)}` : '/login/web';
}

/** A page's address as it is passed on: without the marks of how this person got there. */
export function cleanPath(path: string): string {
  const url = new URL(path, 'http://phone');
  url.searchParams.delete('from');
  url.searchParams.delete('mid');
  return url.pathname + url.search;
}

function dedupe(pages: readonly { path: string; title: string }[]): { path: string; title: string }[] {
  return pages.filter((page, index) => pages.findIndex((other) => other.path === page.path) === index);
}
