import type { Deps } from '../deps';
import { findCorp } from '../store/corps';
import type { CorpsTable } from '../store/schema';
import type { CorpRef } from '../wecom/client';

/** The only place where permanent codes are sealed and opened; the corp id binds each to its own row. */
export function sealPermanentCode({ sealer }: Pick<Deps, 'sealer'>, corpId: string, permanentCode: string): string {
  return sealer.seal(permanentCode, corpId);
}

/** What a call for this corp needs; null when the app is not installed there. */
export async function openCorp(deps: Pick<Deps, 'sealer' | 'store'>, corpId: string): Promise<CorpRef | null> {
  const row = await findCorp(deps.store.db, corpId);
  return row?.status === 'installed' ? (openKeptCode(deps, row)?.corp ?? null) : null;
}

/** A corp to ask about, and the sealed code by which its row is known when the answer comes. */
export type Asked = { readonly corp: CorpRef; readonly corpId: string; readonly sealedCode: string };

/** The corp by the code its row keeps, closed or not (server/store/closed-corps.ts); null when it keeps none. */
export function openKeptCode({ sealer }: Pick<Deps, 'sealer'>, row: CorpsTable): Asked | null {
  const { agent_id: agentId, corp_id: corpId, kind, permanent_code_sealed: sealedCode } = row;
  if (sealedCode === null) return null;
  return { corp: { corpId, kind, agentId, permanentCode: sealer.open(sealedCode, corpId) }, corpId, sealedCode };
}
