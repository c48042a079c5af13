import type { Deps } from '../deps';
import type { ActivationCodesTable } from '../store/schema';
import type { CodeInfo } from '../wecom/client';
import { typeNumber } from './account-types';
import { findCodeInfos } from './code-infos';
import { mapLimited } from './map-limited';

/** batch_get_active_info_by_code takes at most 1000 codes (95552 / 97189). */
export const CODES_AT_ONCE = 1000;
const PARALLEL = 4;
/** A merged code is dead for good. */
const MERGED = 5;
/** Ours: WeCom no longer knows the code; its order was given back. */
const GONE = 0;

/** Reads the state of codes, any number, and gives their rows as WeCom tells them now. */
export async function readCodes(
  deps: Deps,
  corpId: string,
  rows: readonly ActivationCodesTable[],
  askedAtMs: number,
): Promise<ActivationCodesTable[]> {
  const live = rows.filter((row) => row.status !== MERGED);
  const batches: ActivationCodesTable[][] = [];
  for (let from = 0; from < live.length; from += CODES_AT_ONCE) batches.push(live.slice(from, from + CODES_AT_ONCE));
  const read = await mapLimited(batches, PARALLEL, (batch) => readBatch(deps, corpId, batch, askedAtMs));
  return read.flat();
}

/** Reads at most 1000 codes that no order on record brought, in this corp's name; those WeCom does not know in it are left out. */
export async function readNewCodes(
  deps: Deps,
  corpId: string,
  codes: readonly string[],
  askedAtMs: number,
): Promise<ActivationCodesTable[]> {
  const infos = (await findCodeInfos(deps, corpId, codes)) ?? [];
  return infos.map((info) => codeRow(info, { corpId, orderId: null, madeAtMs: null }, askedAtMs));
}

async function readBatch(
  deps: Deps,
  corpId: string,
  rows: readonly ActivationCodesTable[],
  askedAtMs: number,
): Promise<ActivationCodesTable[]> {
  const codes = rows.map((row) => row.code);
  const infos = await findCodeInfos(deps, corpId, codes);
  return infos === null ? [...rows] : rowsAsTold(rows, infos, askedAtMs);
}

/** The rows of codes as WeCom tells them now; those it left out are gone. */
export function rowsAsTold(
  rows: readonly ActivationCodesTable[],
  infos: readonly CodeInfo[],
  askedAtMs: number,
): ActivationCodesTable[] {
  const byCode = new Map(infos.map((info) => [info.code, info]));
  return rows.map((row) => {
    const info = byCode.get(row.code);
    if (info === undefined) return { ...row, status: GONE, checked_at_ms: askedAtMs };
    return codeRow(info, { corpId: row.corp_id, orderId: row.order_id, madeAtMs: row.created_at_ms }, askedAtMs);
  });
}

/** What WeCom's answer about a code leaves out; `madeAtMs` counts where it names no time. */
type Beside = { readonly corpId: string; readonly orderId: string | null; readonly madeAtMs: number | null };

/** One literal, as there are a thousand on each page: copying parts together took several times as long. */
function codeRow(info: CodeInfo, { corpId, madeAtMs, orderId }: Beside, atMs: number): ActivationCodesTable {
  return {
    corp_id: corpId,
    code: info.code,
    order_id: orderId,
    type: typeNumber(info.type),
    status: info.status,
    user_id: info.userId,
    created_at_ms: info.createdAtMs ?? madeAtMs,
    active_at_ms: info.activeAtMs,
    expires_at_ms: info.expiresAtMs,
    merged_into: info.replacedByCode,
    merged_from: info.replacedCode,
    shared_to: info.sharedToCorpId,
    shared_from: info.sharedFromCorpId,
    checked_at_ms: atMs,
  };
}
