import { mayReceive } from '../../domain/recipients';
import type { Deps } from '../deps';
import { accountsFor, type Pools } from '../licences/account-pools';
import { appLicenceOf } from '../licences/facts-of-record';
import { MANAGES } from '../licences/licence-record';
import { listAdmins } from '../store/corps';
import type { CorpLicencesTable, SeatsTable } from '../store/schema';

export type RecipientRecord = {
  readonly licence: CorpLicencesTable | null;
  readonly pools: Pools;
  readonly seats: readonly SeatsTable[];
};

/** Those who manage the app and to whom a message may go. */
export async function findRecipients(
  { clock, config, store }: Deps,
  corpId: string,
  { licence, pools, seats }: RecipientRecord,
): Promise<string[]> {
  const nowMs = clock.now();
  const holders = new Set(seats.filter((seat) => seat.expires_at_ms > nowMs).map((seat) => seat.user_id));
  // A message sets WeCom's own activation off, which hands out what leavers left behind as well.
  const { base, external_contact } = accountsFor(pools, true);
  const facts = {
    appLicence: appLicenceOf(licence),
    autoActivationOn: licence?.auto_activation === 1,
    freeAccounts: base.free + external_contact.free,
  };
  const admins = (await listAdmins(store.db, corpId)).filter((admin) => admin.auth_type === MANAGES);
  return admins
    .map((admin) => admin.user_id)
    .filter((userId) => mayReceive(holders.has(userId), facts, nowMs, config.utcOffsetMinutes));
}
