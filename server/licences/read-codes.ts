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
  return infos.map((info) => ({ corp_id: corpId, code: info.code, order_id: null, ...columnsOf(info, askedAtMs) }));
}

async function readBatch(
  deps: Deps,
  corpId: string,
  rows: readonly ActivationCodesTable[],
  askedAtMs: number,
): Promise<ActivationCodesTable[]> {
  const codes = rows.map((row) => row.code);
  const infos = await findCodeInfos(deps, corpId, codes);
  if (infos === null) return [...rows];
  const byCode = new Map(infos.map((info) => [info.code, info]));
  return rows.map((row) => {
    const info = byCode.get(row.code);
    return info === undefined ? { ...row, status: GONE, checked_at_ms: askedAtMs } : withInfo(row, info, askedAtMs);
  });
}

function withInfo(row: ActivationCodesTable, info: CodeInfo, atMs: number): ActivationCodesTable {
  return { ...row, ...columnsOf(info, atMs), created_at_ms: info.createdAtMs ?? row.created_at_ms };
}

function columnsOf(info: CodeInfo, atMs: number): Omit<ActivationCodesTable, 'corp_id' | 'code' | 'order_id'> {
  return {
    type: typeNumber(info.type),
    status: info.status,
    user_id: info.userId,
    created_at_ms: info.createdAtMs,
    active_at_ms: info.activeAtMs,
    expires_at_ms: info.expiresAtMs,
    merged_into: info.replacedByCode,
    merged_from: info.replacedCode,
    shared_to: info.sharedToCorpId,
    shared_from: info.sharedFromCorpId,
    checked_at_ms: atMs,
  };
}
