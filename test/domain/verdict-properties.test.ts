import fc from 'fast-check';
import { REASONS } from '../../domain/reasons';
import { servingTypes } from '../../domain/seats';
import { decideVerdict, needsActivation } from '../../domain/verdict';
import { arbitraryFacts, laterBy } from './arbitrary-facts';
import { NOW } from './build-facts';

const OUTCOMES = ['allow', 'warn', 'wait', 'block'];
const RUNS = { numRuns: 3000 };

test('every combination of facts gets one verdict, and nothing throws', () => {
  fc.assert(
    fc.property(arbitraryFacts, laterBy, (facts, later) => {
      const verdict = decideVerdict(facts, NOW + later);
      expect(REASONS).toContain(verdict.reason);
      expect(OUTCOMES).toContain(verdict.outcome);
      expect(verdict.daysLeft === null).toBe(verdict.untilMs === null);
      expect(verdict.daysLeft ?? 0).toBeGreaterThanOrEqual(0);
    }),
    RUNS,
  );
});

test('absurd numbers do not throw either', () => {
  const absurd = fc.constantFrom(Number.NaN, Infinity, -Infinity, Number.MAX_SAFE_INTEGER, -1, 0);
  fc.assert(
    fc.property(arbitraryFacts, absurd, absurd, (facts, nowMs, endsAtMs) => {
      const value = { ...facts.appLicence.value, trial: { startsAtMs: endsAtMs, endsAtMs } };
      expect(() => decideVerdict({ ...facts, appLicence: { ...facts.appLicence, value } }, nowMs)).not.toThrow();
    }),
  );
});

test('the same facts at the same moment get the same verdict, and are left as they were', () => {
  fc.assert(
    fc.property(arbitraryFacts, (facts) => {
      const before = structuredClone(facts);
      expect(decideVerdict(facts, NOW)).toEqual(decideVerdict(structuredClone(facts), NOW));
      expect(facts).toEqual(before);
    }),
  );
});

test('waiting never opens a door: a refusal stays one until a fact changes', () => {
  fc.assert(
    fc.property(arbitraryFacts, laterBy, laterBy, (facts, first, second) => {
      fc.pre(decideVerdict(facts, NOW + first).outcome === 'block');
      expect(decideVerdict(facts, NOW + first + second).outcome).toBe('block');
    }),
    RUNS,
  );
});

test('a member who holds the needed seat is let in while the corp has the app and they are in range', () => {
  fc.assert(
    fc.property(arbitraryFacts, laterBy, fc.integer({ min: 1 }), fc.nat(1), (facts, later, remaining, kind) => {
      const types = servingTypes(facts.capability);
      const held = {
        type: types[kind % types.length]!,
        expiresAtMs: NOW + later + remaining,
        movedAtMs: null,
      };
      const holder = {
        ...facts,
        visitor: 'member' as const,
        installed: { ...facts.installed, value: true },
        inRange: { ...facts.inRange, value: facts.inRange.value === false ? null : facts.inRange.value },
        seats: { ...facts.seats, value: [...facts.seats.value, held] },
      };
      expect(['allow', 'warn']).toContain(decideVerdict(holder, NOW + later).outcome);
    }),
    RUNS,
  );
});

test('being an administrator changes the telling, never the decision', () => {
  fc.assert(
    fc.property(arbitraryFacts, (facts) => {
      const [member, admin] = [false, true].map((administers) => decideVerdict({ ...facts, administers }, NOW));
      expect({ ...admin, audience: null }).toEqual({ ...member, audience: null });
    }),
  );
});

test('what the entry says decides nothing but who activates', () => {
  fc.assert(
    fc.property(arbitraryFacts, (facts) => {
      const reasons = (['workbench', 'qr'] as const).map((entry) => decideVerdict({ ...facts, entry }, NOW).outcome);
      const [fromWorkbench, fromCode] = reasons;
      if (fromWorkbench !== fromCode) expect(reasons).toEqual([expect.stringMatching(/wait|block/), 'block']);
    }),
    RUNS,
  );
});

test('an activation is asked for only where the verdict waits and none runs', () => {
  fc.assert(
    fc.property(arbitraryFacts, (facts) => {
      const verdict = decideVerdict(facts, NOW);
      if (needsActivation(facts, verdict)) expect([verdict.outcome, facts.activation]).toEqual(['wait', null]);
      if (verdict.outcome !== 'wait') expect(needsActivation(facts, verdict)).toBe(false);
    }),
    RUNS,
  );
});
