import { sql, type ColumnDefinitionBuilder, type Kysely } from 'kysely';

const required = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder => column.notNull();
const zero = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder => column.notNull().defaultTo(0);

/** All tables of the first release. Milliseconds and counts are bigint, flags and WeCom's enums integer. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createCorps(db);
  await createMembers(db);
  await createLedger(db);
  await createLogins(db);
  await createInbox(db);
  await createFeature(db);
}

async function createCorps({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('corps')
    .addColumn('corp_id', 'text', (column) => column.primaryKey())
    .addColumn('kind', 'text', required)
    .addColumn('status', 'text', required)
    .addColumn('name', 'text')
    .addColumn('agent_id', 'text')
    .addColumn('permanent_code_sealed', 'text')
    .addColumn('privilege_json', 'text')
    .addColumn('installer_user_id', 'text')
    .addColumn('installed_at_ms', 'bigint', required)
    .addColumn('removed_at_ms', 'bigint')
    .addColumn('event_at_ms', 'bigint', zero)
    .addColumn('checked_at_ms', 'bigint', zero)
    .addColumn('source', 'text', required)
    .addColumn('admins_checked_at_ms', 'bigint', zero)
    .execute();
  await schema.createIndex('corps_status').on('corps').columns(['status', 'checked_at_ms']).execute();
  await schema
    .createTable('corp_licences')
    .addColumn('corp_id', 'text', (column) => column.primaryKey())
    .addColumn('checking', 'integer')
    .addColumn('trial_starts_at_ms', 'bigint')
    .addColumn('trial_ends_at_ms', 'bigint')
    .addColumn('check_from_ms', 'bigint')
    .addColumn('licence_checked_at_ms', 'bigint', zero)
    .addColumn('auto_activation', 'integer')
    .addColumn('ever_paid', 'integer')
    .addColumn('auto_checked_at_ms', 'bigint', zero)
    .addColumn('ledger_checked_at_ms', 'bigint', zero)
    .addColumn('orders_read_to_ms', 'bigint', zero)
    .addColumn('seats_checked_at_ms', 'bigint', zero)
    .execute();
  await schema
    .createTable('corp_admins')
    .addColumn('corp_id', 'text', required)
    .addColumn('user_id', 'text', required)
    .addColumn('auth_type', 'integer', required)
    .addPrimaryKeyConstraint('corp_admins_pk', ['corp_id', 'user_id'])
    .execute();
}

async function createMembers({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('members')
    .addColumn('corp_id', 'text', required)
    .addColumn('user_id', 'text', required)
    .addColumn('open_user_id', 'text')
    .addColumn('in_range', 'integer')
    .addColumn('range_source', 'text', required)
    .addColumn('range_checked_at_ms', 'bigint', zero)
    .addColumn('seats_checked_at_ms', 'bigint', zero)
    .addColumn('seats_source', 'text', required)
    .addColumn('last_allowed_at_ms', 'bigint')
    .addColumn('last_allowed_reason', 'text')
    .addColumn('created_at_ms', 'bigint', required)
    .addPrimaryKeyConstraint('members_pk', ['corp_id', 'user_id'])
    .execute();
  await schema
    .createTable('seats')
    .addColumn('corp_id', 'text', required)
    .addColumn('user_id', 'text', required)
    .addColumn('type', 'integer', required)
    .addColumn('active_code', 'text')
    .addColumn('active_at_ms', 'bigint')
    .addColumn('expires_at_ms', 'bigint', required)
    .addColumn('moved_at_ms', 'bigint')
    .addColumn('source', 'text', required)
    .addColumn('seen_at_ms', 'bigint', required)
    .addPrimaryKeyConstraint('seats_pk', ['corp_id', 'user_id', 'type'])
    .execute();
  await schema.createIndex('seats_by_end').on('seats').columns(['corp_id', 'expires_at_ms']).execute();
}

async function createLedger({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('orders')
    .addColumn('order_id', 'text', (column) => column.primaryKey())
    .addColumn('corp_id', 'text', required)
    .addColumn('type', 'integer', required)
    .addColumn('status', 'integer', required)
    .addColumn('base_count', 'integer', zero)
    .addColumn('external_contact_count', 'integer', zero)
    .addColumn('months', 'integer')
    .addColumn('days', 'integer')
    .addColumn('price_fen', 'bigint')
    .addColumn('created_at_ms', 'bigint', required)
    .addColumn('paid_at_ms', 'bigint')
    .addColumn('codes_state', 'text', required)
    .addColumn('checked_at_ms', 'bigint', required)
    .execute();
  await schema.createIndex('orders_of_corp').on('orders').columns(['corp_id', 'created_at_ms']).execute();
  await schema
    .createTable('activation_codes')
    .addColumn('code', 'text', (column) => column.primaryKey())
    .addColumn('corp_id', 'text', required)
    .addColumn('order_id', 'text')
    .addColumn('type', 'integer', required)
    .addColumn('status', 'integer', required)
    .addColumn('user_id', 'text')
    .addColumn('created_at_ms', 'bigint')
    .addColumn('active_at_ms', 'bigint')
    .addColumn('expires_at_ms', 'bigint')
    .addColumn('checked_at_ms', 'bigint', required)
    .execute();
  await schema.createIndex('codes_of_corp').on('activation_codes').columns(['corp_id', 'status', 'type']).execute();
  await schema.createIndex('codes_of_order').on('activation_codes').column('order_id').execute();
  await schema
    .createTable('activations')
    .addColumn('corp_id', 'text', required)
    .addColumn('user_id', 'text', required)
    .addColumn('type', 'integer', required)
    .addColumn('attempt_id', 'text', required)
    .addColumn('mode', 'text', required)
    .addColumn('state', 'text', required)
    .addColumn('started_at_ms', 'bigint', required)
    .addColumn('ended_at_ms', 'bigint')
    .addColumn('errcode', 'integer')
    .addColumn('message', 'text')
    .addPrimaryKeyConstraint('activations_pk', ['corp_id', 'user_id', 'type'])
    .execute();
}

async function createLogins({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('sessions')
    .addColumn('sid_hash', 'text', (column) => column.primaryKey())
    .addColumn('kind', 'text', required)
    .addColumn('client', 'text', required)
    .addColumn('corp_id', 'text')
    .addColumn('user_id', 'text')
    .addColumn('open_user_id', 'text')
    .addColumn('open_id', 'text')
    .addColumn('entry', 'text', required)
    .addColumn('login_named_agent', 'integer', zero)
    .addColumn('created_at_ms', 'bigint', required)
    .addColumn('expires_at_ms', 'bigint', required)
    .execute();
  await schema.createIndex('sessions_of_member').on('sessions').columns(['corp_id', 'user_id']).execute();
  await schema.createIndex('sessions_by_end').on('sessions').column('expires_at_ms').execute();
  await schema
    .createTable('login_states')
    .addColumn('state_hash', 'text', (column) => column.primaryKey())
    .addColumn('browser_hash', 'text', required)
    .addColumn('purpose', 'text', required)
    .addColumn('corp_id', 'text')
    .addColumn('return_to', 'text', required)
    .addColumn('entry', 'text', required)
    .addColumn('attempt', 'integer', required)
    .addColumn('created_at_ms', 'bigint', required)
    .addColumn('expires_at_ms', 'bigint', required)
    .addColumn('used_at_ms', 'bigint')
    .execute();
  await schema
    .createIndex('login_states_of_browser')
    .on('login_states')
    .columns(['browser_hash', 'used_at_ms'])
    .execute();
  await schema.createIndex('login_states_by_end').on('login_states').column('expires_at_ms').execute();
  await schema
    .createTable('tokens')
    .addColumn('key', 'text', (column) => column.primaryKey())
    .addColumn('value_sealed', 'text')
    .addColumn('expires_at_ms', 'bigint', zero)
    .addColumn('lease_owner', 'text')
    .addColumn('lease_until_ms', 'bigint', zero)
    .execute();
  await schema
    .createTable('installs')
    .addColumn('auth_code_hash', 'text', (column) => column.primaryKey())
    .addColumn('state', 'text', required)
    .addColumn('corp_id', 'text')
    .addColumn('message', 'text')
    .addColumn('created_at_ms', 'bigint', required)
    .execute();
}

async function createInbox({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('inbox')
    .addColumn('event_key', 'text', (column) => column.primaryKey())
    .addColumn('channel', 'text', required)
    .addColumn('type', 'text', required)
    .addColumn('corp_id', 'text')
    .addColumn('event_at_ms', 'bigint', required)
    .addColumn('body_sealed', 'text', required)
    .addColumn('received_at_ms', 'bigint', required)
    .addColumn('state', 'text', required)
    .addColumn('attempts', 'integer', zero)
    .addColumn('next_attempt_at_ms', 'bigint', required)
    .addColumn('lease_until_ms', 'bigint', zero)
    .addColumn('message', 'text')
    .execute();
  await schema.createIndex('inbox_due').on('inbox').columns(['state', 'next_attempt_at_ms']).execute();
  await schema.createIndex('inbox_by_arrival').on('inbox').column('received_at_ms').execute();
}

async function createFeature({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('requests')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('corp_id', 'text', required)
    .addColumn('user_id', 'text', required)
    .addColumn('reason', 'text', required)
    .addColumn('asked_at_ms', 'bigint', required)
    .addColumn('admins_asked', 'integer', required)
    .addColumn('settled_at_ms', 'bigint')
    .execute();
  // One per member and reason: asking again renews the row instead of adding one.
  await schema
    .createIndex('requests_of_member')
    .on('requests')
    .columns(['corp_id', 'user_id', 'reason'])
    .unique()
    .execute();
  await schema
    .createTable('records')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('corp_id', 'text', required)
    .addColumn('title', 'text', required)
    .addColumn('place', 'text', required)
    .addColumn('status', 'text', required)
    .addColumn('note', 'text', (column) => column.notNull().defaultTo(sql.lit('')))
    .addColumn('checked_at_ms', 'bigint', required)
    .addColumn('created_by', 'text')
    .addColumn('public_label', 'integer', zero)
    .addColumn('created_at_ms', 'bigint', required)
    .execute();
  await schema.createIndex('records_of_corp').on('records').columns(['corp_id', 'checked_at_ms']).execute();
}
