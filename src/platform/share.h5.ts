import { copyText } from './clipboard';
import { findSdk } from './ww-register';

/** What a forwarded message shows and where it leads. */
export type Share = { readonly title: string; readonly desc: string; readonly link: string };

/** Parameters that belong to one arrival, not to the page. */
const ONE_TIME = ['code', 'state', 'mid', 'auth_code'];

/** The client's own menu forwards the address as it is: make it say that it was shared. */
export function markAddressShared(): void {
  const url = new URL(location.href);
  ONE_TIME.forEach((name) => url.searchParams.delete(name));
  url.searchParams.set('from', 'share');
  history.replaceState(history.state, '', url.pathname + url.search + url.hash);
}

const cardOf = ({ title, desc, link }: Share) => ({ title, desc, link, imgUrl: '' });

/** Sets what the client's own "forward" sends. Nothing happens where there is no SDK: the address serves. */
export async function offerShare(share: Share): Promise<void> {
  const sdk = await findSdk();
  sdk?.onMenuShareAppMessage(cardOf(share));
}

/** How long the client may take to answer before the link is copied instead. */
const ANSWER_WITHIN_MS = 1500;

function patience(): Promise<'late'> {
  return new Promise((resolve) => setTimeout(() => resolve('late'), ANSWER_WITHIN_MS));
}

/** Opens the client's forward dialog; without one the link goes to the clipboard. */
export async function shareNow(share: Share): Promise<'shared' | 'copied' | 'failed'> {
  const sdk = await Promise.race([findSdk(), patience()]);
  if (sdk !== null && sdk !== 'late') {
    const sent = sdk.shareAppMessage(cardOf(share)).then(
      () => 'shared' as const,
      (error: { errMsg?: string } | null) => (/cancel/.test(error?.errMsg ?? '') ? ('shared' as const) : null),
    );
    if ((await Promise.race([sent, patience()])) === 'shared') return 'shared';
  }
  return (await copyText(share.link)) ? 'copied' : 'failed';
}
