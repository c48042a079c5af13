import { ENTRIES, type Entry } from '../../../domain/facts';
import type { LoginStatesTable } from '../../store/schema';

/** One person's way through login: how, from where, and to which page of ours. */
export type LoginWay = {
  readonly purpose: 'oauth' | 'web';
  /** A custom app's corp; null for a third-party app, where WeCom tells the corp. */
  readonly corpId: string | null;
  readonly returnTo: string;
  readonly entry: Entry;
  /** 1 for the first try; it grows only when a try came back unusable. */
  readonly attempt: number;
};

/** Entries a link may claim. `admin` is ours to say: it is set by the administrator's free login only. */
const CLAIMABLE: readonly Entry[] = ENTRIES.filter((entry) => entry !== 'admin');

/** The entry a `from` parameter names, or null when it names none we know. */
export function findEntry(from: unknown): Entry | null {
  return CLAIMABLE.find((entry) => entry === from) ?? null;
}

/** The entry of a visit: `from` of the login link, else `from` of the page asked for, else unknown. */
export function entryOf(from: unknown, returnTo: string): Entry {
  const query = new URLSearchParams(returnTo.split('?', 2)[1] ?? '');
  return findEntry(from) ?? findEntry(query.get('from')) ?? 'unknown';
}

/** The way a stored login took. */
export function wayOf(row: LoginStatesTable): LoginWay {
  const purpose = row.purpose === 'web' ? 'web' : 'oauth';
  const entry = ENTRIES.find((known) => known === row.entry) ?? 'unknown';
  return { purpose, corpId: row.corp_id, returnTo: row.return_to, entry, attempt: row.attempt };
}

/** An address of ours that begins the same login from the first try. */
export function wayHref({ purpose, corpId, returnTo }: Pick<LoginWay, 'purpose' | 'corpId' | 'returnTo'>): string {
  const query = new URLSearchParams({ return_to: returnTo, ...(corpId ? { corp: corpId } : {}) });
  return `${purpose === 'web' ? '/login/web' : '/login'}?${query}`;
}
