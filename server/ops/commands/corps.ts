import { listCodes } from '../../store/activation-codes';
import { findCorpLicence } from '../../store/corp-licences';
import { findCorp } from '../../store/corps';
import { countCorpRows, listCorps } from '../../store/corps-overview';
import { listOrders } from '../../store/orders';
import { OperatorError, type Command } from '../command';
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
      row.status,
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

export const corp: Command = {
  name: 'corp',
  takes: '<corpId>',
  does: "one corp's licence state, orders and activation codes",
  needs: 1,
  run: async ({ args: [corpId = ''], deps }) => {
    const { db } = deps.store;
    const row = await findCorp(db, corpId);
    if (row === null) throw new OperatorError(`no corp ${corpId} is on record`);
    const { permanent_code_sealed: _sealed, ...known } = row;
    const [licence, orders, codes, counts] = await Promise.all([
      findCorpLicence(db, corpId),
      listOrders(db, corpId),
      listCodes(db, corpId),
      countCorpRows(db, corpId),
    ]);
    return {
      lines: [
        `${row.name ?? row.corp_id}  ${row.kind}  ${row.status}`,
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
          ['code', 'type', 'status', 'member', 'ends'],
          codes.map((code) => [code.code, code.type, code.status, code.user_id, moment(code.expires_at_ms)]),
        ),
      ],
      json: { corp: known, licence, counts, orders, codes },
    };
  },
};
