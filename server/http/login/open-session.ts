import type { Entry } from '../../../domain/facts';
import type { Deps } from '../../deps';
import { ensureMember, saveOpenUserId } from '../../store/members';
import type { Identity } from '../../wecom/client';
import { createSession } from '../session';

export type Visit = {
  readonly client: 'h5' | 'weapp';
  readonly entry: Entry;
  /** The login named the app's agent, which makes WeCom activate whatever the entry (page 96441). */
  readonly namedAgent: boolean;
};

/**
 * A session for whoever WeCom named, also where the corp never installed the app: that is for the verdict to say, and
 * nobody there is remembered. Somebody who is no member of any corp gets an outsider's session.
 */
export async function openSession(
  deps: Deps,
  identity: Identity,
  { client, entry, namedAgent }: Visit,
): Promise<{ token: string; expiresAtMs: number }> {
  const visit = { client, entry, loginNamedAgent: namedAgent };
  if (identity.kind === 'outsider') {
    return createSession(deps, {
      kind: 'outsider',
      corpId: null,
      userId: null,
      openUserId: null,
      openId: identity.openId,
      ...visit,
    });
  }
  const { corpId, userId, openUserId } = identity;
  await ensureMember(deps.store.db, corpId, userId, deps.clock.now());
  await saveOpenUserId(deps.store.db, corpId, userId, openUserId);
  return createSession(deps, { kind: 'member', corpId, userId, openUserId, openId: null, ...visit });
}
