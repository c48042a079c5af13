import type { Kysely } from 'kysely';
import type { Database, SeatsTable } from '../../store/schema';
import { SEATS, seatId } from './books';
import { FACT_COLUMNS } from './facts';

export type SeatNews = {
  /** What is on record of the members told of, by the seats' ids. */
  readonly known: Map<string, SeatsTable>;
  /** The told seats that the record does not hold just so: nearly none of a reconciliation's. */
  readonly news: readonly SeatsTable[];
};

/** Holds what was told of seats against the record. Where a seat is told twice and differs once, both are news. */
export async function findSeatNews(
  db: Kysely<Database>,
  corpId: string,
  told: readonly SeatsTable[],
): Promise<SeatNews> {
  const known = new Map((await SEATS.find(db, corpId, told)).map((row) => [seatId(row), row]));
  const differing = new Set(told.map(seatId).filter((id, nth) => !holds(known.get(id), told[nth])));
  return { known, news: differing.size === 0 ? [] : told.filter((row) => differing.has(seatId(row))) };
}

/** list_actived_account names no code: then the known one stands, where nothing else differs. */
function holds(known: SeatsTable | undefined, told: SeatsTable | undefined): boolean {
  if (known === undefined || told === undefined || known.active_code === null || known.source !== told.source)
    return false;
  return FACT_COLUMNS.seat.every(
    (column) => known[column] === told[column] || (column === 'active_code' && told.active_code === null),
  );
}
