import { decodeText, readQuery, writeQuery, type Query } from './query';

/** How the client opened the mini-program: `App.onLaunch` and `onShow` say the same. */
export type Opening = {
  readonly path?: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly scene?: number | string;
};

/** An opening as an address of ours, the one H5 has for the same page, with the entry in `from`. */
export type Arrival = {
  readonly page: string;
  /** The corp a custom app's workbench names in its home path. */
  readonly corpId: string | null;
};

/** Where the app starts. */
export const HOME = '/records';
/** The address behind 「以访客身份查看」. */
export const VISIT_PATH = '/visit';
const PAGES: readonly string[] = [HOME, '/record', '/admin'];

/** WeChat's scene numbers (场景值) as entries: those of WeCom's workbench, of shared cards, and of every kind of code. */
const ENTRY_OF_SCENE: Readonly<Record<string, string>> = {
  1119: 'workbench',
  1007: 'share',
  1008: 'share',
  1044: 'share',
  1096: 'share',
  1121: 'share',
  1011: 'qr',
  1012: 'qr',
  1013: 'qr',
  1047: 'qr',
  1048: 'qr',
  1049: 'qr',
};

/** `pages/record/index` is `/record`. */
function pageOfRoute(route = ''): string {
  const page = `/${/pages\/(\w+)\/index/.exec(route)?.[1] ?? ''}`;
  return PAGES.includes(page) ? page : HOME;
}

/** A mini-program code holds 32 characters: `r` is the record, `f` the entry. */
function fromCode(code: string): Query {
  const { r = '', f = 'qr' } = readQuery(decodeText(code));
  return { ...(r !== '' && { id: r }), from: f };
}

/** A plain link's code hands over the link itself, encoded. */
function fromLink(link: string): { readonly page: string; readonly query: Query } {
  const [, path = '', search = ''] = /^https?:\/\/[^/?#]+([^?#]*)\??([^#]*)/.exec(decodeText(link)) ?? [];
  return { page: PAGES.includes(path) ? path : HOME, query: readQuery(search) };
}

/** The record page without a record is the list; the list with one is its page. */
function settlePage(page: string, query: Query): string {
  if (page === '/record' && !query['id']) return HOME;
  return page === HOME && query['id'] ? '/record' : page;
}

function plainQuery(given: Opening['query'] = {}): Query {
  const known = Object.entries(given).filter((pair): pair is [string, string] => typeof pair[1] === 'string');
  return Object.fromEntries(known.map(([name, value]) => [name, decodeText(value)]));
}

/** Reads an opening: query first, then what a scanned code carries, then the client's scene number. Total. */
export function readArrival({ path, query, scene }: Opening): Arrival {
  const { scene: code, q: link, corp, ...own } = plainQuery(query);
  const linked = link ? fromLink(link) : { page: pageOfRoute(path), query: {} };
  const merged: Query = { ...linked.query, ...(code ? fromCode(code) : {}), ...own };
  const from = merged['from'] ?? ENTRY_OF_SCENE[String(scene)] ?? (link ? 'qr' : undefined);
  const search = writeQuery({ ...merged, from });
  return { page: settlePage(linked.page, merged) + (search ? `?${search}` : ''), corpId: corp ?? null };
}

/** `/record?id=1#x` inside the package; null for an address that is no page of the mini-program. */
export function packagePath(address: string): string | null {
  const [, page = '', search = '', anchor = ''] = /^([^?#]*)\??([^#]*)#?(.*)/.exec(address) ?? [];
  if (!PAGES.includes(page)) return null;
  const query = [search, anchor && `at=${anchor}`].filter(Boolean).join('&');
  return `/pages${page}/index${query ? `?${query}` : ''}`;
}
