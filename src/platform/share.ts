import { showShareMenu } from '@tarojs/taro';
import { currentPath } from './host';
import { HOME, packagePath } from './mini/arrival';

/** What a forwarded message shows and where it leads. */
export type Share = { readonly title: string; readonly desc: string; readonly link: string };

type Card = { readonly title: string; readonly path: string };

/** The title the page on the screen gave itself, with the page: another page's title would lie. */
let offered: { readonly page: string; readonly title: string } | null = null;

const pathOf = (address: string): string => (packagePath(address) ?? '').slice(1);

/** The same page for whoever gets the card: the entry says that it was shared, what belonged to this arrival goes. */
function sharedAddress(address: string): string {
  const [page = HOME, search = ''] = address.split('?');
  const id = /(?:^|&)id=([^&]*)/.exec(search)?.[1];
  return `${page}?${id ? `id=${id}&` : ''}from=share`;
}

/** What `onShareAppMessage` answers for the page on the screen. */
export function currentShare(appName: string): Card {
  const page = currentPath();
  const title = offered?.page === page ? offered.title : appName;
  // The administrators' page is nobody else's to open.
  return { title, path: pathOf(sharedAddress(page.startsWith('/admin') ? HOME : page)) };
}

/** A mini-program's page has no address that the client forwards. */
export function markAddressShared(): void {}

/** Lets the client's own menu forward the page under this title. */
export async function offerShare({ title }: Share): Promise<void> {
  offered = { page: currentPath(), title };
  await showShareMenu({});
}

/** The button itself opens the forward dialog (`open-type="share"`); there is nothing left to do. */
export function shareNow(_share: Share): Promise<'shared' | 'copied' | 'failed'> {
  return Promise.resolve('shared');
}
