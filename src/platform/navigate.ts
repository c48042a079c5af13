import { navigateTo, reLaunch, redirectTo, showToast } from '@tarojs/taro';
import { copyText } from './clipboard';
import { beginLogin, beginVisit } from './login';
import { HOME, packagePath, VISIT_PATH } from './mini/arrival';
import { readQuery } from './mini/query';
import { clientLanguage, miniWordsOf } from './mini/words';
import { SERVER_ORIGIN } from './server-origin';

/** What is no page of the package opens in a browser only: its address goes to the clipboard. */
async function handOver(address: string): Promise<void> {
  await copyText(/^https?:/.test(address) ? address : SERVER_ORIGIN + address);
  await showToast({ title: miniWordsOf(clientLanguage()).linkCopied, icon: 'none' });
}

/**
 * Opens one of our own pages by its address, keeping this one below it; the first page is where everything begins, so
 * nothing stays below that. `/login` logs in, `/visit` goes on without an account.
 */
export function openPath(path: string): void {
  const [page, search = ''] = path.split('?');
  const url = packagePath(path);
  if (page === '/login') return beginLogin(readQuery(search)['return_to'] ?? HOME);
  if (page === VISIT_PATH) return beginVisit();
  if (url === null) return void handOver(path);
  if (page === HOME) return void reLaunch({ url });
  // The client keeps ten pages at most.
  navigateTo({ url }).catch(() => redirectTo({ url }));
}
