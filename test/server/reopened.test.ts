import type { Entry } from '../../domain/facts';
import type { Reason } from '../../domain/reasons';
import { needsNewLogin } from '../../server/http/pages/reopened';
import type { Session } from '../../server/http/session';

const NOW_MS = 1_795_000_000_000;
const SECOND_MS = 1000;

const SESSION: Session = {
  sidHash: 'hash',
  kind: 'member',
  client: 'h5',
  corpId: 'wpCorp',
  userId: 'woMember',
  openUserId: null,
  openId: null,
  entry: 'workbench',
  loginNamedAgent: false,
  createdAtMs: NOW_MS,
  expiresAtMs: NOW_MS + 7 * 86_400 * SECOND_MS,
};

const opens = (entry: Entry | null, reason: Reason, session: Partial<Session> = {}, ageMs = 0): boolean =>
  needsNewLogin({ session: { ...SESSION, ...session }, entry, verdict: { reason }, nowMs: NOW_MS + ageMs });

test('a login that brought this very opening is not repeated; an older one is', () => {
  expect(opens('workbench', 'activating')).toBe(false);
  expect(opens('workbench', 'activation_failed', {}, 59 * SECOND_MS)).toBe(false);
  expect(opens('workbench', 'activating', {}, 60 * SECOND_MS)).toBe(true);
});

test('a session from a scanned code does not make WeCom activate in the workbench', () => {
  expect(opens('workbench', 'activating', { entry: 'qr' })).toBe(true);
  expect(opens('qr', 'activating', { entry: 'workbench' }, 3600 * SECOND_MS)).toBe(false);
  expect(opens(null, 'activating', { entry: 'workbench' }, 3600 * SECOND_MS)).toBe(false);
});

test("a custom app's login names its agent and activates from everywhere", () => {
  const custom = { loginNamedAgent: true, entry: 'qr' as const };
  expect(opens('workbench', 'activating', custom, SECOND_MS)).toBe(false);
  expect(opens(null, 'activating', custom, 60 * SECOND_MS)).toBe(true);
});

test('nobody is logged in anew who has nothing to be activated', () => {
  for (const reason of ['seat_valid', 'trial', 'no_free_seat', 'open_from_workbench'] as const)
    expect(opens('workbench', reason, { entry: 'qr' }, 3600 * SECOND_MS)).toBe(false);
});
