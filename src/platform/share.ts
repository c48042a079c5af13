import { showShareMenu } from '@tarojs/taro';
import { copyText } from './clipboard';

/** What a forwarded message shows and where it leads. */
export type Share = { readonly title: string; readonly desc: string; readonly link: string };

/** A mini-program's page has no address that the client forwards. */
export function markAddressShared(): void {}

/** Lets the client's own menu forward the page. */
export async function offerShare(_share: Share): Promise<void> {
  await showShareMenu({});
}

/** Forwarding is the menu's own in a mini-program; the link itself can be copied. */
export async function shareNow(share: Share): Promise<'shared' | 'copied' | 'failed'> {
  return (await copyText(share.link)) ? 'copied' : 'failed';
}
