import fc from 'fast-check';
import {
  CAPABILITIES,
  ENTRIES,
  type AccountPool,
  type ActivationAttempt,
  type Fact,
  type Facts,
  type Seat,
} from '../../domain/facts';
import { REASONS } from '../../domain/reasons';
import { DAY, HOUR, NOW, SECOND } from './build-facts';

/** Moments around NOW: close enough that windows meet, far enough that rights are long. */
const moment = fc.oneof(
  fc.integer({ min: NOW - 30 * SECOND, max: NOW + 30 * SECOND }),
  fc.integer({ min: NOW - 2 * DAY, max: NOW + 2 * DAY }),
  fc.integer({ min: NOW - 400 * DAY, max: NOW + 400 * DAY }),
);
const maybe = <T>(some: fc.Arbitrary<T>) => fc.option(some, { nil: null });

function fact<T>(value: fc.Arbitrary<T>): fc.Arbitrary<Fact<T>> {
  return fc.record({ value, source: fc.constantFrom('api', 'callback', 'default'), atMs: moment });
}

const pool: fc.Arbitrary<AccountPool> = fc.record({
  free: fc.integer({ min: 0, max: 3 }),
  freeUntilMs: maybe(moment),
  lapsedAtMs: maybe(moment),
  total: fc.integer({ min: 0, max: 3 }),
  generating: fc.boolean(),
  freesAtMs: maybe(moment),
});

const seat: fc.Arbitrary<Seat> = fc.record({
  type: fc.constantFrom('base', 'external_contact'),
  expiresAtMs: moment,
  movedAtMs: maybe(moment),
});

const attempt: fc.Arbitrary<ActivationAttempt> = fc.record({
  state: fc.constantFrom('running', 'failed'),
  startedAtMs: moment,
  message: maybe(fc.string()),
});

/** Any facts whatever, also such as no gathering would ever produce. */
export const arbitraryFacts: fc.Arbitrary<Facts> = fc.record({
  visitor: fc.constantFrom('member', 'member', 'member', 'outsider', 'nobody'),
  administers: fc.boolean(),
  entry: fc.constantFrom(...ENTRIES),
  loginNamedAgent: fc.boolean(),
  capability: fc.constantFrom(...CAPABILITIES),
  installed: fact(fc.constantFrom(true, true, true, false)),
  inRange: fact(fc.constantFrom(null, true, true, false)),
  appLicence: fact(
    fc.record({
      checking: fc.constantFrom(true, true, true, false),
      trial: maybe(fc.record({ startsAtMs: moment, endsAtMs: moment })),
      checkFromMs: maybe(moment),
    }),
  ),
  autoActivation: fact(fc.boolean()),
  everPaid: fact(fc.boolean()),
  accounts: fact(fc.record({ base: pool, external_contact: pool })),
  seats: fact(fc.array(seat, { maxLength: 3 })),
  activation: maybe(attempt),
  reachable: fc.boolean(),
  confirmedAtMs: maybe(moment),
  lastAllowed: maybe(fc.record({ atMs: moment, reason: fc.constantFrom(...REASONS) })),
  policy: fc.record({
    warningDays: fc.integer({ min: 0, max: 30 }),
    serverActivates: fc.boolean(),
    freshForMs: fc.constantFrom(0, 300 * SECOND, HOUR),
    graceMs: fc.constantFrom(0, 24 * HOUR),
    utcOffsetMinutes: fc.constantFrom(480, 0, -300, 345),
  }),
});

/** A wait from nothing to two years. */
export const laterBy: fc.Arbitrary<number> = fc.oneof(
  fc.integer({ min: 0, max: 60 * SECOND }),
  fc.integer({ min: 0, max: 3 * DAY }),
  fc.integer({ min: 0, max: 800 * DAY }),
);
