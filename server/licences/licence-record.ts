import type { Deps } from '../deps';
import { listActivations } from '../store/activations';
import { findCorpLicence } from '../store/corp-licences';
import { findCorp, listAdmins } from '../store/corps';
import { findMember } from '../store/members';
import { listSeatsOfMember } from '../store/seats';
import type { ActivationsTable, CorpLicencesTable, CorpsTable, MembersTable, SeatsTable } from '../store/schema';
import { NO_POOLS, readPools, type Pools } from './account-pools';

/** Everything on record about one member's licence, as rows. */
export type LicenceRecord = {
  readonly corp: CorpsTable | null;
  readonly licence: CorpLicencesTable | null;
  readonly member: MembersTable | null;
  readonly seats: readonly SeatsTable[];
  readonly pools: Pools;
  readonly activations: readonly ActivationsTable[];
  readonly administers: boolean;
};

/** `auth_type` of an administrator who may manage the app (90606). */
export const MANAGES = 1;

/** Reads the record. The ledger is counted only when it was ever read. */
export async function readRecord(deps: Deps, corpId: string, userId: string): Promise<LicenceRecord> {
  const { db } = deps.store;
  const [corp, licence, member, seats, activations, admins] = await Promise.all([
    findCorp(db, corpId),
    findCorpLicence(db, corpId),
    findMember(db, corpId, userId),
    listSeatsOfMember(db, corpId, userId),
    listActivations(db, corpId, userId),
    listAdmins(db, corpId),
  ]);
  const counted = (licence?.orders_read_to_ms ?? 0) > 0;
  const pools = counted ? await readPools(db, corpId, deps.clock.now(), deps.config.utcOffsetMinutes) : NO_POOLS;
  const administers = admins.some((admin) => admin.user_id === userId && admin.auth_type === MANAGES);
  return { corp, licence, member, seats, pools, activations, administers };
}
