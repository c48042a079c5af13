import { sinceOpenedMs } from './clock';
import type { Client, Corp, Entry, Member, SandboxState } from './state';
import type { Lang, Say } from './words';
import type { Actions } from './actions';

/** Who holds the phone: a member of the chosen corp, or somebody who has only WeChat. */
export type Person = { userId: string } | 'visitor';

export type LinkDialog = {
  kind: 'link';
  entry: 'share' | 'qr';
  pages: { path: string; title: string }[];
  path: string;
  /** `corpId/userId`, or `visitor`. */
  receiver: string;
};
export type Dialog = { kind: 'buy' | 'renew' | 'refund' | 'transfer' | 'corp' | 'member' | 'reset' } | LinkDialog;

export type OpenPhone = { serial: number; phoneId: string; src: string; client: Client; entry: Entry };

export type LedgerTab = 'seats' | 'orders' | 'codes' | 'messages';

/** All that the page shows: what the sandbox said last, and what the person at the page has chosen. */
export type Ui = {
  state: SandboxState | null;
  /** When `state` came, by the page's own clock: the shown time runs on from there. */
  heardAtMs: number;
  online: boolean;
  appUp: boolean | null;
  lang: Lang;
  theme: 'auto' | 'light' | 'dark';
  hint: boolean;
  corpId: string | null;
  person: Person | null;
  device: 'wecom-ios' | 'wecom-android';
  phoneDark: boolean;
  phoneEnglish: boolean;
  phone: OpenPhone | null;
  where: string | null;
  dialog: Dialog | null;
  toast: { text: string; tone: 'ok' | 'stop' } | null;
  busy: string | null;
  drag: number | null;
  tab: LedgerTab;
  onlyThisCorp: boolean;
  callbacksShown: number;
};

/** What a view is given to draw with. */
export type Page = { ui: Ui; say: Say; act: Actions; nowMs: number; corp: Corp | null; member: Member | null };

export type Store = { readonly ui: Ui; set(change: Partial<Ui>): void };

/** Holds the page's state and calls `changed` once per turn in which something changed. */
export function createStore(initial: Ui, changed: () => void): Store {
  let due = false;
  const store = {
    ui: initial,
    set(change: Partial<Ui>) {
      store.ui = { ...store.ui, ...change };
      if (due) return;
      due = true;
      queueMicrotask(() => {
        due = false;
        changed();
      });
    },
  };
  return store;
}

const KEPT = ['lang', 'theme', 'hint', 'corpId', 'person', 'device', 'phoneDark', 'phoneEnglish'] as const;
const STORAGE_KEY = 'sandbox-workbench';

/** The state at opening: what this browser chose last time, else the defaults. */
export function openingUi(): Ui {
  const english = navigator.language !== '' && !navigator.language.startsWith('zh');
  const defaults: Ui = {
    state: null,
    heardAtMs: 0,
    online: true,
    appUp: null,
    lang: english ? 'en' : 'zh',
    theme: 'auto',
    hint: true,
    corpId: null,
    person: null,
    device: 'wecom-ios',
    phoneDark: false,
    phoneEnglish: english,
    phone: null,
    where: null,
    dialog: null,
    toast: null,
    busy: null,
    drag: null,
    tab: 'seats',
    onlyThisCorp: false,
    callbacksShown: 8,
  };
  try {
    return { ...defaults, ...(JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '{}') as Partial<Ui>) };
  } catch {
    return defaults;
  }
}

export function keepChoices(ui: Ui): void {
  localStorage.setItem(STORAGE_KEY, JSON.stringify(Object.fromEntries(KEPT.map((key) => [key, ui[key]]))));
}

export function findCorp(ui: Ui): Corp | null {
  return ui.state?.corps.find((corp) => corp.corpId === ui.corpId) ?? null;
}

export function findMember(ui: Ui): Member | null {
  const person = ui.person;
  if (!person || person === 'visitor') return null;
  return findCorp(ui)?.members.find((member) => member.userId === person.userId) ?? null;
}

/** The sandbox's time now (ms): what it said last plus what has passed here since. */
export function nowOf(ui: Ui): number {
  return ui.state ? ui.state.now + (sinceOpenedMs() - ui.heardAtMs) : 0;
}
