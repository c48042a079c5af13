import { sql, type ColumnDefinitionBuilder, type Kysely } from 'kysely';

const required = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder => column.notNull();
const zero = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder => column.notNull().defaultTo(0);

/**
 * The ledger's history, and what the kinds of orders and codes need beyond the first release. A code is kept per corp
 * from here on: one that was shared is known to the corp that gave it and to the one that got it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createHistory(db);
  await db.schema.alterTable('orders').addColumn('new_expire_at_ms', 'bigint').execute();
  await db.schema.alterTable('orders').addColumn('parent_order_id', 'text').execute();
  await rebuildCodes(db);
  await openBooks(db as Kysely<Row>);
}

async function createHistory({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('ledgers')
    .addColumn('corp_id', 'text', (column) => column.primaryKey())
    .addColumn('last_seq', 'bigint', zero)
    .addColumn('progress_json', 'text')
    .addColumn('reconciled_at_ms', 'bigint', zero)
    .execute();
  await schema
    .createTable('ledger_entries')
    .addColumn('corp_id', 'text', required)
    .addColumn('seq', 'bigint', required)
    .addColumn('subject', 'text', required)
    .addColumn('subject_id', 'text', required)
    .addColumn('kind', 'text', required)
    .addColumn('change_json', 'text')
    .addColumn('source', 'text', required)
    .addColumn('cause', 'text', required)
    .addColumn('observed_at_ms', 'bigint', required)
    .addColumn('wecom_at_ms', 'bigint')
    .addPrimaryKeyConstraint('ledger_entries_pk', ['corp_id', 'seq'])
    .execute();
  await schema
    .createIndex('ledger_entries_of_subject')
    .on('ledger_entries')
    .columns(['corp_id', 'subject', 'subject_id', 'seq'])
    .execute();
}

async function rebuildCodes(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('corp_codes')
    .addColumn('corp_id', 'text', required)
    .addColumn('code', 'text', required)
    .addColumn('order_id', 'text')
    .addColumn('type', 'integer', required)
    .addColumn('status', 'integer', required)
    .addColumn('user_id', 'text')
    .addColumn('created_at_ms', 'bigint')
    .addColumn('active_at_ms', 'bigint')
    .addColumn('expires_at_ms', 'bigint')
    .addColumn('merged_into', 'text')
    .addColumn('merged_from', 'text')
    .addColumn('shared_to', 'text')
    .addColumn('shared_from', 'text')
    .addColumn('checked_at_ms', 'bigint', required)
    .addPrimaryKeyConstraint('corp_codes_pk', ['corp_id', 'code'])
    .execute();
  const columns = sql.raw(
    'corp_id, code, order_id, type, status, user_id, created_at_ms, active_at_ms, expires_at_ms, checked_at_ms',
  );
  await sql`insert into corp_codes (${columns}) select ${columns} from activation_codes`.execute(db);
  await db.schema.dropTable('activation_codes').execute();
  await db.schema.alterTable('corp_codes').renameTo('activation_codes').execute();
  await db.schema.createIndex('codes_by_state').on('activation_codes').columns(['corp_id', 'status', 'type']).execute();
  await db.schema.createIndex('codes_of_member').on('activation_codes').columns(['corp_id', 'user_id']).execute();
  await db.schema.createIndex('codes_by_order').on('activation_codes').column('order_id').execute();
}

type Row = Record<string, Record<string, string | number | null>>;

/** What was known before there was a history: each row becomes its own first entry. */
const OPENING = [
  { table: 'corp_licences', subject: 'licence', keys: [] },
  { table: 'orders', subject: 'order', keys: ['order_id'] },
  { table: 'activation_codes', subject: 'code', keys: ['code'] },
  { table: 'seats', subject: 'seat', keys: ['user_id', 'type'] },
] as const;
const NO_FACTS = ['checked_at_ms', 'seen_at_ms', 'source', 'licence_checked_at_ms', 'auto_checked_at_ms'];
const NO_LICENCE_FACTS = ['ledger_checked_at_ms', 'orders_read_to_ms', 'seats_checked_at_ms'];
const CHUNK = 500;

async function openBooks(db: Kysely<Row>): Promise<void> {
  const seqs = new Map<string, number>();
  for (const { keys, subject, table } of OPENING) {
    const rows = await db.selectFrom(table).selectAll().execute();
    const entries = rows.map((row) => {
      const corpId = String(row['corp_id']);
      const seq = (seqs.get(corpId) ?? 0) + 1;
      seqs.set(corpId, seq);
      const left = new Set<string>(['corp_id', ...keys, ...NO_FACTS, ...NO_LICENCE_FACTS]);
      const facts = Object.entries(row).filter(([column]) => !left.has(column));
      return {
        corp_id: corpId,
        seq,
        subject,
        subject_id: keys.map((key) => row[key]).join('/'),
        kind: 'opening',
        change_json: JSON.stringify(Object.fromEntries(facts)),
        source: 'default',
        cause: 'migration',
        observed_at_ms: row['checked_at_ms'] ?? row['seen_at_ms'] ?? row['licence_checked_at_ms'] ?? 0,
        wecom_at_ms: null,
      };
    });
    for (let from = 0; from < entries.length; from += CHUNK)
      await db
        .insertInto('ledger_entries')
        .values(entries.slice(from, from + CHUNK))
        .execute();
  }
  const heads = [...seqs].map(([corp_id, last_seq]) => ({ corp_id, last_seq }));
  for (let from = 0; from < heads.length; from += CHUNK)
    await db
      .insertInto('ledgers')
      .values(heads.slice(from, from + CHUNK))
      .execute();
}
