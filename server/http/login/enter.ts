import type { Entry } from '../../../domain/facts';
import type { Deps } from '../../deps';
import type { Identity } from '../../wecom/client';
import type { AppContext } from '../router';
import { sendSessionCookie } from '../session-cookie';
import { openSession } from './open-session';

/** Begins a browser's session for whoever WeCom named. */
export async function enterAs(
  deps: Deps,
  ctx: AppContext,
  identity: Identity,
  visit: { readonly entry: Entry; readonly namedAgent: boolean },
): Promise<void> {
  sendSessionCookie(deps, ctx, await openSession(deps, identity, { client: 'h5', ...visit }));
}
