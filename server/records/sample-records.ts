import { createHash } from 'node:crypto';
import type { Deps } from '../deps';
import { insertRecords } from '../store/records';

const HOUR_MS = 3_600_000;

/** What a corp starts with. The lift's label is public, as a notice beside it would be. */
const SAMPLES = [
  { title: '3 号楼 消防栓', place: '3 号楼 1 层', status: 'ok', ageMs: 2 * HOUR_MS, publicLabel: false },
  { title: '2 号电梯', place: '2 号楼 大厅', status: 'todo', ageMs: 17 * HOUR_MS, publicLabel: true },
  { title: '配电室 A', place: '地下 1 层', status: 'ok', ageMs: 74 * HOUR_MS, publicLabel: false },
] as const;

/**
 * Gives a corp its sample records, so that there is something behind the gate. The ids come from the corp: a repeated
 * installation adds nothing, and records made here before keep what was written on them.
 */
export async function createSampleRecords(deps: Pick<Deps, 'store' | 'clock'>, corpId: string): Promise<void> {
  const nowMs = deps.clock.now();
  const rows = SAMPLES.map((sample, index) => ({
    id: createHash('sha256').update(`sample ${corpId} ${index}`).digest('hex').slice(0, 22),
    corp_id: corpId,
    title: sample.title,
    place: sample.place,
    status: sample.status,
    note: '',
    checked_at_ms: nowMs - sample.ageMs,
    created_by: null,
    public_label: Number(sample.publicLabel),
    created_at_ms: nowMs,
  }));
  await insertRecords(deps.store.db, rows);
}
