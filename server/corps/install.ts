import type { Deps } from '../deps';
import { AppError, WecomError } from '../errors';
import { hashSecret } from '../ids';
import { doubtCorp } from '../licences/doubt-corp';
import { createSampleRecords } from '../records/sample-records';
import { isClosed, keepUnconfirmedCode } from '../store/closed-corps';
import { findCorp, saveInstalledCorp } from '../store/corps';
import { deleteSessionsOf } from '../store/sessions';
import { claimInstall, completeInstall, failInstall, findInstall, releaseInstall } from '../store/installs';
import type { Authorisation } from '../wecom/client';
import { askAuthorisation } from './ask-authorisation';
import { sealPermanentCode } from './open-corp';
import { refreshAdmins } from './refresh-admins';
import { reopenIfStanding } from './reopen';

/** How an auth_code ended. `removed`: the corp has removed the app since, so the code came too late to matter. */
export type Installation = { readonly corpId: string; readonly state: 'installed' | 'removed' };

/** Longer than an exchange with all its deadlines; an attempt older than this belongs to a process that died. */
const ABANDONED_MS = 20_000;
const WAIT_MS = 12_000;
const POLL_MS = 50;

/**
 * Turns an auth_code into an installation. The code arrives twice, in the redirect and in create_auth, and works once:
 * the first caller exchanges it, the others get its result. Throws `install.code_used` for a code WeCom no longer takes,
 * and `wecom.*` when WeCom is silent; the same code may be tried again then.
 * @param eventAtMs WeCom's TimeStamp of the event that brought the code, or the time of the redirect
 */
export async function exchangeAuthCode(deps: Deps, authCode: string, eventAtMs: number): Promise<Installation> {
  const authCodeHash = hashSecret(authCode);
  for (let waitedMs = 0; waitedMs <= WAIT_MS; waitedMs += POLL_MS) {
    const nowMs = deps.clock.now();
    const claim = { authCodeHash, nowMs, abandonedBeforeMs: nowMs - ABANDONED_MS };
    if (await claimInstall(deps.store.db, claim)) return exchange(deps, authCode, authCodeHash, eventAtMs);
    const install = await findInstall(deps.store.db, authCodeHash);
    if (install?.corp_id) return resultOf(deps, install.corp_id);
    if (install?.state === 'failed')
      throw new AppError('install.code_used', { logDetail: install.message ?? undefined });
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new AppError('wecom.timeout', {
    logDetail: 'the auth_code is being exchanged elsewhere and that does not end',
  });
}

/** What an auth_code was exchanged for, if it was. */
export async function findInstallation({ store }: Deps, authCode: string): Promise<Installation | null> {
  const install = await findInstall(store.db, hashSecret(authCode));
  return install?.corp_id ? { corpId: install.corp_id, state: 'installed' } : null;
}

/** What came of a code that was exchanged before. If WeCom was silent about it then, it is asked again. */
async function resultOf(deps: Deps, corpId: string): Promise<Installation> {
  if ((await findCorp(deps.store.db, corpId))?.status !== 'removed') return { corpId, state: 'installed' };
  const { stands } = await reopenIfStanding(deps, corpId);
  if (!stands) return { corpId, state: 'removed' };
  await welcome(deps, corpId);
  return { corpId, state: 'installed' };
}

async function exchange(deps: Deps, authCode: string, authCodeHash: string, eventAtMs: number): Promise<Installation> {
  try {
    const authorisation = await deps.wecom.getPermanentCode(authCode);
    const { corpId } = authorisation;
    const exchanged = { authorisation, authCodeHash, eventAtMs };
    const saved = (await save(deps, exchanged, false)) || (await saveIfConfirmed(deps, exchanged));
    if (!saved) return { corpId, state: 'removed' };
    await welcome(deps, corpId);
    return { corpId, state: 'installed' };
  } catch (error) {
    if (!isSpent(error)) {
      // Silence is not an answer: the code may still be good for the next delivery.
      await releaseInstall(deps.store.db, authCodeHash);
      throw error;
    }
    await failInstall(deps.store.db, authCodeHash, `errcode ${error.errcode}`);
    const earlier = await findInstallation(deps, authCode);
    if (earlier !== null) return earlier;
    throw new AppError('install.code_used', { cause: error });
  }
}

type Exchanged = {
  readonly authorisation: Authorisation & { readonly permanentCode: string };
  readonly authCodeHash: string;
  readonly eventAtMs: number;
};

/**
 * The corp and the end of the exchange in one transaction: the code cannot be exchanged again to make up for a loss.
 * False, and the exchange not ended, when by its time the installation is older than what is on record.
 */
async function save(
  deps: Deps,
  { authCodeHash, authorisation, eventAtMs }: Exchanged,
  confirmed: boolean,
): Promise<boolean> {
  const { agentId, corpId, corpName, installerUserId, kind, permanentCode, privilegeJson } = authorisation;
  const nowMs = deps.clock.now();
  return deps.store.transaction(async (trx) => {
    const wasClosed = isClosed(await findCorp(trx, corpId));
    const row = {
      corp_id: corpId,
      kind,
      status: 'installed' as const,
      name: corpName,
      agent_id: agentId,
      permanent_code_sealed: sealPermanentCode(deps, corpId, permanentCode),
      privilege_json: privilegeJson,
      installer_user_id: installerUserId,
      installed_at_ms: nowMs,
      removed_at_ms: null,
      event_at_ms: eventAtMs,
      checked_at_ms: nowMs,
      source: 'api' as const,
      admins_checked_at_ms: 0,
    };
    if (!(await saveInstalledCorp(trx, row, confirmed))) return false;
    if (wasClosed) {
      await doubtCorp(trx, corpId, nowMs);
      // Who left while it was closed is not known: everybody logs in again.
      await deleteSessionsOf(trx, corpId, null);
    }
    await completeInstall(trx, authCodeHash, corpId);
    return true;
  });
}

/**
 * A time speaks against the installation, but times of two clocks prove little: a redirect's is ours, which may be
 * minutes behind WeCom's. So WeCom is asked with the new code. While it is silent the code is kept where the next
 * delivery finds it (`resultOf`), for the auth_code is spent.
 */
async function saveIfConfirmed(deps: Deps, exchanged: Exchanged): Promise<boolean> {
  const { authCodeHash, authorisation } = exchanged;
  const { agentId, corpId, kind, permanentCode } = authorisation;
  try {
    const standing = await askAuthorisation(deps, authorisation);
    if (standing.is === 'standing') return await save(deps, exchanged, true);
  } catch (error) {
    const sealed = sealPermanentCode(deps, corpId, permanentCode);
    await deps.store.transaction(async (trx) => {
      await keepUnconfirmedCode(trx, corpId, { kind, agent_id: agentId, permanent_code_sealed: sealed });
      await completeInstall(trx, authCodeHash, corpId);
    });
    throw error;
  }
  await completeInstall(deps.store.db, authCodeHash, corpId);
  return false;
}

/** What an installed corp gets besides its row. The installation stands without it, so nothing here undoes it. */
async function welcome(deps: Deps, corpId: string): Promise<void> {
  // A new permanent code ends the tokens of the old one.
  await deps.tokens.forgetCorp(corpId);
  deps.events.publish({ kind: 'tokensDropped', corpId });
  // Before anything here can fail: sessions that ended with this are remembered until then.
  deps.events.changed({ corpId, userId: null });
  await createSampleRecords(deps, corpId);
  await refreshAdmins(deps, corpId).catch((error: unknown) =>
    deps.log.warn({ err: error, corpId }, 'administrators not read after the installation; the next need reads them'),
  );
}

/** 40078: auth_code wrong or used. */
function isSpent(error: unknown): error is WecomError {
  return error instanceof WecomError && error.errcode === 40078;
}
