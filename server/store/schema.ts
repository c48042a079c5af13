/**
 * The one schema, in the subset both engines speak: text ids made by us, integer milliseconds, 0/1 flags, JSON as text.
 * Columns ending in `_sealed` hold ciphertext (see `crypto/seal.ts`); `_hash` columns hold SHA-256 of what they name.
 */
export type Database = {
  corps: CorpsTable;
  corp_licences: CorpLicencesTable;
  corp_admins: CorpAdminsTable;
  members: MembersTable;
  seats: SeatsTable;
  orders: OrdersTable;
  multi_corp_parts: MultiCorpPartsTable;
  provider_orders: ProviderOrdersTable;
  activation_codes: ActivationCodesTable;
  ledgers: LedgersTable;
  ledger_entries: LedgerEntriesTable;
  activations: ActivationsTable;
  sessions: SessionsTable;
  login_states: LoginStatesTable;
  tokens: TokensTable;
  wecom_holds: WecomHoldsTable;
  installs: InstallsTable;
  inbox: InboxTable;
  jobs: JobsTable;
  instances: InstancesTable;
  reminder_sends: ReminderSendsTable;
  reminders: RemindersTable;
  requests: RequestsTable;
  records: RecordsTable;
};

/** A fact's origin, as in domain/facts. */
export type StoredSource = 'api' | 'callback' | 'default';

/** One corp's installation of the app. `kind` decides which login and which token calls are used. */
export type CorpsTable = {
  corp_id: string;
  kind: 'third_party' | 'custom';
  status: 'installed' | 'removed';
  name: string | null;
  agent_id: string | null;
  /** A removed corp that still has it is closed: WeCom has not said for certain, and its data is kept (closed-corps.ts). */
  permanent_code_sealed: string | null;
  /** `auth_info.agent[].privilege` as JSON. */
  privilege_json: string | null;
  installer_user_id: string | null;
  installed_at_ms: number;
  removed_at_ms: number | null;
  /** TimeStamp of the newest authorisation event applied, so that a late older one changes nothing. */
  event_at_ms: number;
  /** When get_auth_info or an exchange last confirmed the installation. */
  checked_at_ms: number;
  source: StoredSource;
  admins_checked_at_ms: number;
};

/** What WeCom says of the corp as a whole: trial, checking, auto-activation, and how far the ledger was read. */
export type CorpLicencesTable = {
  corp_id: string;
  checking: number | null;
  trial_starts_at_ms: number | null;
  trial_ends_at_ms: number | null;
  check_from_ms: number | null;
  licence_checked_at_ms: number;
  /** When WeCom was asked for what is on record of trial and checking; unlike the time above, never set back by doubt. */
  licence_seen_at_ms: number;
  auto_activation: number | null;
  ever_paid: number | null;
  auto_checked_at_ms: number;
  /** The same for the switch and the payment. */
  auto_seen_at_ms: number;
  /** Orders and codes were last read completely at this moment. */
  ledger_checked_at_ms: number;
  /** list_order was read up to this order time; the next read starts a window before it. */
  orders_read_to_ms: number;
  /** list_actived_account was last read completely. */
  seats_checked_at_ms: number;
};

/** `auth_type` 1 may manage, 0 may only send messages (get_admin_list). */
export type CorpAdminsTable = { corp_id: string; user_id: string; auth_type: number };

export type MembersTable = {
  corp_id: string;
  user_id: string;
  open_user_id: string | null;
  /** null: nobody has said. */
  in_range: number | null;
  range_source: StoredSource;
  range_checked_at_ms: number;
  /** get_active_info_by_user was last read at this moment; 0 when a callback made it doubtful. */
  seats_checked_at_ms: number;
  seats_source: StoredSource;
  last_allowed_at_ms: number | null;
  last_allowed_reason: string | null;
  created_at_ms: number;
};

/** A member's account once bound; at most one of each type. */
export type SeatsTable = {
  corp_id: string;
  user_id: string;
  /** WeCom's account type: 1 base, 2 external contact. */
  type: number;
  active_code: string | null;
  active_at_ms: number | null;
  expires_at_ms: number;
  moved_at_ms: number | null;
  source: StoredSource;
  seen_at_ms: number;
};

export type OrdersTable = {
  order_id: string;
  corp_id: string;
  type: number;
  status: number;
  base_count: number;
  external_contact_count: number;
  months: number | null;
  days: number | null;
  /** A renewal to a date instead of by months. */
  new_expire_at_ms: number | null;
  /** The multi-corp order this one is a part of. */
  parent_order_id: string | null;
  price_fen: number | null;
  created_at_ms: number;
  paid_at_ms: number | null;
  codes_state: 'none' | 'generating' | 'ready';
  checked_at_ms: number;
  /** The status whose consequences have been read: dead codes, prolonged members. null: none yet. */
  followed_status: number | null;
};

/** Whose a part of a multi-corp order is; told by the order as a whole, whether or not the part was read yet. */
export type MultiCorpPartsTable = { order_id: string; corp_id: string; parent_order_id: string };

/** list_order without a corp was read up to this order time. */
export type ProviderOrdersTable = { provider_id: string; read_to_ms: number };

/** One row per corp that knows the code: a shared one is known to its giver and to its receiver. */
export type ActivationCodesTable = {
  corp_id: string;
  code: string;
  order_id: string | null;
  type: number;
  /** 1 unbound, 2 bound, 3 expired, 4 awaiting transfer, 5 merged, 6 shared (page 97189); 0: WeCom knows it no more. */
  status: number;
  user_id: string | null;
  created_at_ms: number | null;
  active_at_ms: number | null;
  expires_at_ms: number | null;
  /** The code that took over this one's member, and the one this code took over from. */
  merged_into: string | null;
  merged_from: string | null;
  /** The corp this code was given to, and the one it came from. */
  shared_to: string | null;
  shared_from: string | null;
  checked_at_ms: number;
};

/** Where a corp's history stands; the row is also the lock under which entries are added. */
export type LedgersTable = {
  corp_id: string;
  last_seq: number;
  /** Where a reconciliation under way has got to, as JSON; null when none is. */
  progress_json: string | null;
  reconciled_at_ms: number;
  /** What WeCom said of all codes and seats when nothing differed, as JSON of hashes (licences/heard.ts). */
  heard_json: string | null;
};

/** One change of one fact, never changed again. `change_json` holds the columns that changed; null: it is gone. */
export type LedgerEntriesTable = {
  corp_id: string;
  seq: number;
  subject: 'licence' | 'order' | 'code' | 'seat';
  /** Order id, code, or `userId/type` of a seat; empty for the corp's licence as a whole. */
  subject_id: string;
  kind: string;
  change_json: string | null;
  source: StoredSource | 'reconciliation';
  /** What made us look: a visit, an event's name, an activation, a reconciliation. */
  cause: string;
  /** When we asked, or heard. */
  observed_at_ms: number;
  /** When it happened by WeCom's own account, where it says so. */
  wecom_at_ms: number | null;
};

/**
 * The newest attempt per member and type. Inserting a running one is the lock that keeps instances from trying twice: an
 * index allows one per member, whatever its type.
 */
export type ActivationsTable = {
  corp_id: string;
  user_id: string;
  type: number;
  attempt_id: string;
  mode: 'platform' | 'server';
  state: 'running' | 'failed' | 'done';
  started_at_ms: number;
  ended_at_ms: number | null;
  errcode: number | null;
  message: string | null;
};

export type SessionsTable = {
  sid_hash: string;
  kind: 'member' | 'outsider';
  client: 'h5' | 'weapp';
  corp_id: string | null;
  user_id: string | null;
  open_user_id: string | null;
  /** An outsider's openid, unique for this provider. */
  open_id: string | null;
  /** Where the current visit came from; renewed by each page opened. */
  entry: string;
  login_named_agent: number;
  created_at_ms: number;
  expires_at_ms: number;
};

export type LoginStatesTable = {
  state_hash: string;
  browser_hash: string;
  purpose: 'oauth' | 'web' | 'install';
  /** Known before login only for custom apps. */
  corp_id: string | null;
  return_to: string;
  entry: string;
  /** How many logins in a row this browser has tried without getting a session. */
  attempt: number;
  created_at_ms: number;
  expires_at_ms: number;
  used_at_ms: number | null;
};

/** One cache for every credential, and the lease that lets only one instance refresh it. */
export type TokensTable = {
  key: string;
  value_sealed: string | null;
  expires_at_ms: number;
  lease_owner: string | null;
  lease_until_ms: number;
};

/** A block of WeCom's (wecom/holds.ts): nothing is sent there until it ends. */
export type WecomHoldsTable = {
  /** Corp and path; a path alone where no corp is named. */
  key: string;
  until_ms: number;
  /** How long it was held: the next time twice as long, when that proves too short. */
  length_ms: number;
};

/** One row per auth_code: the exchange happens once although the code arrives twice. */
export type InstallsTable = {
  auth_code_hash: string;
  state: 'running' | 'done' | 'failed';
  corp_id: string | null;
  message: string | null;
  created_at_ms: number;
};

/** Verified callbacks, stored before they are answered, handled after. */
export type InboxTable = {
  event_key: string;
  channel: 'command' | 'data' | 'system';
  type: string;
  corp_id: string | null;
  event_at_ms: number;
  body_sealed: string;
  received_at_ms: number;
  state: 'new' | 'done' | 'dead';
  attempts: number;
  next_attempt_at_ms: number;
  lease_until_ms: number;
  message: string | null;
};

/** Work to be done after the commit that asked for it, and what became of it. One row per kind and key (server/jobs). */
export type JobsTable = {
  /** `kind:key`. */
  id: string;
  kind: string;
  key: string;
  corp_id: string | null;
  /** Jobs of one lane run one after the other: the corp's, or the kind's own when no corp is concerned. */
  lane: string;
  /** 1: may take long and wait for others; has few places of its own in a worker. */
  background: number;
  payload_json: string;
  state: 'waiting' | 'done' | 'dead';
  /** Not before this moment of the business clock. */
  run_at_ms: number;
  /** Turns begun since the job was last asked for, or last said that it wants another. */
  attempts: number;
  /** Counts how often a known job was asked for again; a turn ends only the revision it began with. */
  revision: number;
  /** Names the one turn that holds the job; a turn that lost its lease can write nothing more. */
  lease_token: string | null;
  /** In the store's machine time (store.ts): a lease speaks of a process being alive, and the business clock may jump. */
  lease_until_ms: number;
  message: string | null;
  finished_at_ms: number | null;
};

/** A process that serves on this store. Its row is deleted when it stops, and counts for nothing some time after it died. */
export type InstancesTable = {
  id: string;
  /** In machine time, as leases are. */
  seen_at_ms: number;
};

/** One message to a corp's administrators: whom, what, when, and what WeCom answered. At most one per corp and day. */
export type ReminderSendsTable = {
  /** `corpId:day`. */
  id: string;
  corp_id: string;
  /** `sending` until WeCom's answer is written down; `unknown` when it never was and asking again might send twice. */
  state: 'sending' | 'sent' | 'refused' | 'unknown';
  user_ids_json: string;
  card_json: string;
  first_tried_at_ms: number;
  ended_at_ms: number | null;
  message_id: string | null;
  unlicensed_json: string | null;
  invalid_json: string | null;
  message: string | null;
};

/** A rung of the ladder that a message told: kind, day of the end and step are its key, so it is told once. */
export type RemindersTable = {
  corp_id: string;
  key: string;
  send_id: string;
  ends_at_ms: number;
  count: number;
};

/** A member's wish for the administrators: one row per member and reason, however often it is asked. */
export type RequestsTable = {
  id: string;
  corp_id: string;
  user_id: string;
  reason: string;
  asked_at_ms: number;
  /** How many administrators could see it when it was asked. */
  admins_asked: number;
  settled_at_ms: number | null;
};

/** The sample feature behind the gate: inspection records (点检记录). */
export type RecordsTable = {
  id: string;
  corp_id: string;
  title: string;
  place: string;
  status: 'ok' | 'todo';
  note: string;
  checked_at_ms: number;
  created_by: string | null;
  /** Whether a visitor who is no member may see the label (title, place, status) behind its QR code. */
  public_label: number;
  created_at_ms: number;
};
