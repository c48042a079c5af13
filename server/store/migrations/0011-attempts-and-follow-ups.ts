import { sql, type ColumnDefinitionBuilder, type Kysely } from 'kysely';

const zero = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder => column.notNull().defaultTo(0);

/**
 * What keeps one thing from being done twice or half: one running attempt per member, whatever its type; what followed
 * from an order; and how new each part of a corp's licence is.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await allowOneAttempt(db);
  await db.schema.alterTable('orders').addColumn('followed_status', 'integer').execute();
  // Whether anything was missed before this was kept, the next reconciliation finds out.
  await sql`update orders set followed_status = status`.execute(db);
  for (const column of ['licence_seen_at_ms', 'auto_seen_at_ms'])
    await db.schema.alterTable('corp_licences').addColumn(column, 'bigint', zero).execute();
}

/** Of attempts that ran side by side, those not for a base account ended; an instance still at one may yet say how. */
async function allowOneAttempt(db: Kysely<unknown>): Promise<void> {
  await sql`update activations set state = 'failed', ended_at_ms = started_at_ms, message = 'timeout'
    where state = 'running' and type <> 1 and exists (
      select 1 from activations as other where other.corp_id = activations.corp_id
      and other.user_id = activations.user_id and other.state = 'running' and other.type = 1)`.execute(db);
  await db.schema
    .createIndex('activations_running')
    .unique()
    .on('activations')
    .columns(['corp_id', 'user_id'])
    .where(sql.ref('state'), '=', sql.lit('running'))
    .execute();
}
