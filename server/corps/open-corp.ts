import type { Deps } from '../deps';
import { findCorp } from '../store/corps';
import type { CorpRef } from '../wecom/client';

/** The only place where permanent codes are sealed and opened; the corp id binds each to its own row. */
export function sealPermanentCode({ sealer }: Pick<Deps, 'sealer'>, corpId: string, permanentCode: string): string {
  return sealer.seal(permanentCode, corpId);
}

/** What a call for this corp needs; null when the app is not installed there. */
export async function openCorp(
  { sealer, store }: Pick<Deps, 'sealer' | 'store'>,
  corpId: string,
): Promise<CorpRef | null> {
  const row = await findCorp(store.db, corpId);
  if (row?.status !== 'installed' || row.permanent_code_sealed === null) return null;
  const permanentCode = sealer.open(row.permanent_code_sealed, corpId);
  return { corpId, kind: row.kind, agentId: row.agent_id, permanentCode };
}
