import { sql } from 'kysely';
import type { Store } from '../../../server/store/store';

/** A corp of the sandbox's crowds; all of them bought the same at the same moment, and differ in their ids only. */
export type CrowdCorp = {
  readonly corpId: string;
  readonly agentId: number;
  readonly permanentCode: string;
  readonly orderId: string;
};

/** What a reconciliation of a corp reads. The entries of the history, which it only adds to, are left out. */
const TABLES = ['corp_licences', 'orders', 'activation_codes', 'seats', 'ledgers'] as const;
/** Well within the deadline that the server's own connections have. */
const CORPS_AT_ONCE = 20;

/** What the ids of a corp's members and codes have in common. */
const idPart = ({ corpId }: CrowdCorp): string => corpId.slice(2);

/** Writes of `others` what is on record of `model`, under their own ids: as if each had been reconciled. */
export async function copyRecord({ db }: Store, model: CrowdCorp, others: readonly CrowdCorp[]): Promise<void> {
  const tables = (await db.introspection.getTables()).filter(({ name }) => TABLES.some((one) => one === name));
  for (let from = 0; from < others.length; from += CORPS_AT_ONCE) {
    const some = others.slice(from, from + CORPS_AT_ONCE);
    for (const { columns, name } of tables) {
      const names = columns.map((column) => sql.ref(column.name));
      const values = columns.map(({ dataType, name: column }) =>
        dataType === 'text' ? renamed(column, model) : sql.ref(`model.${column}`),
      );
      await sql`
        insert into ${sql.table(name)} (${sql.join(names)})
        select ${sql.join(values)} from ${sql.table(name)} as model
        cross join unnest(${some.map(idPart)}::text[], ${some.map((one) => one.orderId)}::text[]) as own(id_part, order_id)
        where model.corp_id = ${model.corpId}
        on conflict do nothing`.execute(db);
    }
  }
}

function renamed(column: string, model: CrowdCorp) {
  return sql`replace(replace(${sql.ref(`model.${column}`)}, ${idPart(model)}, own.id_part), ${model.orderId}, own.order_id)`;
}
