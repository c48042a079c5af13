import { refreshAuthorisation } from '../corps/refresh-authorisation';
import { refreshAdmins } from '../corps/refresh-admins';
import type { Deps } from '../deps';
import { WecomError } from '../errors';
import { VISIT, type Cause } from './cause';
import { refreshAppLicence, refreshAutoActivation } from './refresh-corp-licence';
import { refreshCorpSeats } from './refresh-corp-seats';
import { refreshLedger } from './refresh-ledger';
import { refreshMemberSeats } from './refresh-member-seats';

/** Where facts come from; each is read on its own and known to be fresh or silent on its own. */
export type Source = 'licence' | 'autoActivation' | 'ledger' | 'seats' | 'admins' | 'authorisation' | 'corpSeats';

export type Reading = { readonly key: string; readonly work: () => Promise<void> };

/** How a source is read for a member. The key names the reading, so that equal ones are done once. */
export function readingOf(deps: Deps, source: Source, corpId: string, userId: string, cause: Cause = VISIT): Reading {
  const readings: Record<Source, Reading> = {
    licence: { key: `licence ${corpId}`, work: async () => void (await refreshAppLicence(deps, corpId, cause)) },
    autoActivation: {
      key: `autoActivation ${corpId}`,
      work: async () => void (await refreshAutoActivation(deps, corpId, cause)),
    },
    ledger: { key: `ledger ${corpId}`, work: () => refreshLedger(deps, corpId, { cause }) },
    seats: { key: `seats ${corpId} ${userId}`, work: () => refreshMemberSeats(deps, corpId, userId, cause) },
    admins: { key: `admins ${corpId}`, work: () => refreshAdmins(deps, corpId) },
    corpSeats: { key: `corpSeats ${corpId}`, work: () => refreshCorpSeats(deps, corpId, cause) },
    authorisation: {
      key: `authorisation ${corpId}`,
      work: async () => void (await refreshAuthorisation(deps, corpId)),
    },
  };
  const { key, work } = readings[source];
  return { key, work: () => work().catch((error: unknown) => askWhetherGone(deps, corpId, error)) };
}

/** A refusal that means "no app here" is checked against the authorisation, which removes the corp if it is true. */
async function askWhetherGone(deps: Deps, corpId: string, error: unknown): Promise<never> {
  if (error instanceof WecomError && error.code === 'wecom.not_authorised') await refreshAuthorisation(deps, corpId);
  throw error;
}
