import fc from 'fast-check';
import type { Reason } from '../../domain/reasons';
import { RULES } from '../../domain/rules';
import { decideVerdict } from '../../domain/verdict';
import { arbitraryFacts } from './arbitrary-facts';
import { buildFact, buildFacts, buildSeat, HOUR, NOW } from './build-facts';

/** Which rules may give which reason. */
const GIVEN_BY: Readonly<Record<Reason, readonly string[]>> = {
  outsider_free: ['outsider'],
  app_not_installed: ['installed'],
  out_of_range: ['range'],
  checking_off: ['checking'],
  seat_valid: ['seat'],
  seat_expiring: ['seat'],
  trial: ['trial'],
  trial_ending: ['trial'],
  activating: ['activating', 'free'],
  external_contact_needed: ['contact', 'contact-none'],
  open_from_workbench: ['free'],
  activation_off: ['free'],
  activation_failed: ['free'],
  codes_generating: ['generating'],
  seat_moved: ['moved'],
  seat_expired: ['expired'],
  codes_lapsed: ['lapsed'],
  no_free_seat: ['bought'],
  trial_over: ['trial-over'],
  stale_facts: ['silence'],
  facts_unavailable: ['silence', 'nobody'],
};

test('the trace ends with the rule that decided and names the ones tried before it, in order', () => {
  fc.assert(
    fc.property(arbitraryFacts, (facts) => {
      const { trace, reason } = decideVerdict(facts, NOW);
      const tried = trace.map(({ rule }) => rule);
      expect(tried).toEqual(RULES.slice(0, tried.length).map(({ id }) => id));
      expect(trace.map(({ matched }) => matched)).toEqual([...Array(tried.length - 1).fill(false), true]);
      expect(GIVEN_BY[reason]).toContain(tried.at(-1));
    }),
    { numRuns: 3000 },
  );
});

test('each row says where its facts come from and how old they are', () => {
  const seats = { ...buildFact([buildSeat()], NOW - HOUR), source: 'callback' as const };
  const { trace } = decideVerdict(buildFacts({ seats }), NOW);
  expect(trace.at(-1)).toEqual({
    rule: 'seat',
    matched: true,
    facts: [{ name: 'seats', source: 'callback', ageMs: HOUR }],
  });
});

test('a fact from a clock ahead of ours is not younger than now', () => {
  const seats = buildFact([buildSeat()], NOW + HOUR);
  expect(decideVerdict(buildFacts({ seats }), NOW).trace.at(-1)?.facts[0]?.ageMs).toBe(0);
});
