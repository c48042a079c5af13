import type { Facts } from '../../../domain/facts';
import type { Reason } from '../../../domain/reasons';
import {
  buildFacts,
  buildFreePool,
  buildPool,
  buildSeat,
  DAY,
  HOUR,
  NOW,
  SECOND,
  shanghai,
} from '../../domain/build-facts';

const END = shanghai('2026-11-26 18:20:00');
const free = { base: buildFreePool(), seat: [] };

/** Facts that lead to each reason, with the dates and counts the expected words name. */
export const FACTS_OF: Readonly<Record<Reason, Facts>> = {
  outsider_free: buildFacts({ visitor: 'outsider' }),
  app_not_installed: buildFacts({ installed: false }),
  out_of_range: buildFacts({ inRange: false }),
  checking_off: buildFacts({ checking: false }),
  seat_valid: buildFacts({ seat: [buildSeat({ expiresAtMs: shanghai('2027-03-02 12:00:00') })] }),
  seat_expiring: buildFacts({ seat: [buildSeat({ expiresAtMs: END })] }),
  trial: buildFacts({ trialEndsAtMs: shanghai('2026-12-30 18:20:00') }),
  trial_ending: buildFacts({ trialEndsAtMs: END }),
  activating: buildFacts({ ...free, activation: { state: 'running', startedAtMs: NOW - SECOND, message: null } }),
  external_contact_needed: buildFacts({ capability: 'external_contact', seat: [buildSeat()] }),
  open_from_workbench: buildFacts({ ...free, entry: 'qr', policy: { serverActivates: false } }),
  activation_off: buildFacts({ ...free, autoActivation: false }),
  activation_failed: buildFacts({
    ...free,
    activation: { state: 'failed', startedAtMs: NOW - SECOND, message: 'busy' },
  }),
  codes_generating: buildFacts({ base: buildPool({ generating: true }) }),
  seat_moved: buildFacts({ base: buildPool({ total: 5 }), seat: [buildSeat({ movedAtMs: NOW - DAY })] }),
  seat_expired: buildFacts({
    base: buildPool({ total: 5 }),
    seat: [buildSeat({ expiresAtMs: shanghai('2026-11-20 18:20:00') })],
  }),
  codes_lapsed: buildFacts({ base: buildPool({ total: 5, lapsedAtMs: shanghai('2026-11-20 18:20:00') }) }),
  no_free_seat: buildFacts({ base: buildPool({ total: 120 }) }),
  trial_over: buildFacts({ trialEndsAtMs: shanghai('2026-11-20 18:20:00') }),
  stale_facts: buildFacts({
    reachable: false,
    confirmedAtMs: NOW - 2 * HOUR,
    trialEndsAtMs: NOW + 60 * DAY,
    lastAllowed: { atMs: NOW - 2 * HOUR, reason: 'trial' },
  }),
  facts_unavailable: buildFacts({ reachable: false, confirmedAtMs: null }),
};
