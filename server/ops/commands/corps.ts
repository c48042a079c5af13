import { isClosed } from '../../store/closed-corps';
import { findCorpLicence } from '../../store/corp-licences';
import { countCorpRows, listCorps, listSeatsToEnd, sumCodes } from '../../store/corps-overview';
import { listOrders } from '../../store/orders';
import type { CorpsTable } from '../../store/schema';
import { countLiveSeats } from '../../store/seats';
import type { Command } from '../command';
import { getCorpOnRecord } from '../corp-on-record';
import { moment, table } from '../print';

export const corps: Command = {
  name: 'corps',
  takes: '',
  does: 'every corp that installed the app or removed it',
  needs: 0,
  run: async ({ deps }) => {
    const rows = await listCorps(deps.store.db);
    const cells = rows.map((row) => [
      row.corp_id,
      row.name,
      row.kind,
      statusOf(row),
      moment(row.installed_at_ms),
      moment(row.removed_at_ms),
      moment(row.checked_at_ms),
    ]);
    return {
      lines: table(['corp', 'name', 'kind', 'status', 'installed', 'removed', 'confirmed'], cells),
      json: rows.map(({ permanent_code_sealed: _sealed, ...row }) => row),
    };
  },
};

/** Seats shown of one corp; it may have hundreds of thousands. */
const MOST_SEATS = 100;

export const corp: Command = {
  name: 'corp',
  takes: '<corpId>',
  does: "one corp's licence state, orders, codes by state, and seats, the next to end first",
  needs: 1,
  run: async ({ args: [corpId = ''], deps }) => {
    const { db } = deps.store;
    const nowMs = deps.clock.now();
    const row = await getCorpOnRecord(deps, corpId);
    const { permanent_code_sealed: _sealed, ...known } = row;
    const [licence, orders, codes, counts, seats, live] = await Promise.all([
      findCorpLicence(db, corpId),
      listOrders(db, corpId),
      sumCodes(db, corpId),
      countCorpRows(db, corpId),
      listSeatsToEnd(db, corpId, nowMs, MOST_SEATS),
      countLiveSeats(db, corpId, nowMs),
    ]);
    const more = live.reduce((sum, { seats: count }) => sum + count, -seats.length);
    return {
      lines: [
        `${row.name ?? row.corp_id}  ${row.kind}  ${statusOf(row)}`,
        `members ${counts.members}  seats ${counts.seats}  requests ${counts.requests}`,
        `trial ${moment(licence?.trial_starts_at_ms ?? null) ?? '–'} → ${moment(licence?.trial_ends_at_ms ?? null) ?? '–'}`,
        `checking ${licence?.checking ?? '–'}  auto-activation ${licence?.auto_activation ?? '–'}  ever paid ${licence?.ever_paid ?? '–'}`,
        `read: licence ${moment(licence?.licence_checked_at_ms ?? 0) ?? 'never'}, ledger ${moment(licence?.ledger_checked_at_ms ?? 0) ?? 'never'}, seats ${moment(licence?.seats_checked_at_ms ?? 0) ?? 'never'}`,
        '',
        ...table(
          ['order', 'type', 'status', 'base', 'external', 'paid', 'codes'],
          orders.map((order) => [
            order.order_id,
            order.type,
            order.status,
            order.base_count,
            order.external_contact_count,
            moment(order.paid_at_ms),
            order.codes_state,
          ]),
        ),
        '',
        ...table(
          ['codes of type', 'status', 'count'],
          codes.map((code) => [code.type, code.status, code.count]),
        ),
        '',
        ...table(
          ['seat of', 'type', 'ends', 'code'],
          seats.map((seat) => [seat.user_id, seat.type, moment(seat.expires_at_ms), seat.active_code]),
        ),
        ...(more > 0 ? [`and ${more} more that end later`] : []),
      ],
      json: { corp: known, licence, counts, orders, codes, seats, moreSeats: more },
    };
  },
};

/** `closed`: as good as removed, but WeCom has not said so for certain, and its data is kept. */
function statusOf(row: CorpsTable): CorpsTable['status'] | 'closed' {
  return isClosed(row) ? 'closed' : row.status;
}
