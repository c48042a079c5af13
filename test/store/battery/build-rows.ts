import { randomIds } from '../../../server/ids';
import type { NewCallback } from '../../../server/store/inbox';
import type { NewJobRow } from '../../../server/store/jobs';
import type { SessionsTable } from '../../../server/store/schema';

/** Rows as the server writes them, with what a test does not care about filled in. */
export const buildToken = (key: string, valueSealed = 'sealed', expiresAtMs = 1_800_000_000_000) => ({
  key,
  valueSealed,
  expiresAtMs,
});

export const buildSession = (over: Partial<SessionsTable> = {}): SessionsTable => ({
  sid_hash: randomIds.token(),
  kind: 'member',
  client: 'h5',
  corp_id: 'wpcorp',
  user_id: 'zhang',
  open_user_id: null,
  open_id: null,
  entry: 'workbench',
  login_named_agent: 0,
  created_at_ms: 1000,
  expires_at_ms: 2000,
  ...over,
});

export const buildCallback = (over: Partial<NewCallback> = {}): NewCallback => ({
  event_key: randomIds.token(),
  channel: 'command',
  type: 'change_auth',
  corp_id: 'wpcorp',
  event_at_ms: 1000,
  body_sealed: 'sealed',
  received_at_ms: 1000,
  ...over,
});

export const buildJob = (key: string, over: Partial<NewJobRow> = {}): NewJobRow => ({
  kind: 'test',
  key,
  corp_id: key,
  background: 0,
  payload_json: '{}',
  run_at_ms: 1000,
  ...over,
});
