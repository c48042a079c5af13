import type { Context } from 'koa';
import { readForm } from '../http/body';
import { findPhoneOf } from '../login/people';
import { peekCorp } from '../state/find';
import type { World } from '../world';

/** Where WeCom's own pages are, which faults can spoil like its API. */
export const PAGES: readonly string[] = ['/connect/', '/wwlogin/', '/3rdapp/', '/wwopen/'];

export const isPage = (path: string): boolean => PAGES.some((prefix) => path.startsWith(prefix));

/**
 * The customer corp a page is about: the one chosen on it, else the one the address names as appid, else that of the
 * phone it is shown on, else the one whose administrator is about to install; null when it is about none.
 */
export async function corpOfPage(world: World, ctx: Context): Promise<string | null> {
  const form = ctx.method === 'POST' ? await readForm(ctx.req) : new URLSearchParams();
  const chosen = form.get('corp_id') ?? form.get('person')?.split('/')[0];
  const named = [chosen, ctx.URL.searchParams.get('appid')].find((corpId) => peekCorp(world, corpId ?? ''));
  const installing = ctx.path.startsWith('/3rdapp/') ? world.state.installingCorpId : null;
  return named ?? findPhoneOf(world, ctx)?.corpId ?? installing;
}
