import { parseConfig } from '../../../server/config';
import { measure } from '../../../server/jobs/measure';
import { watchSuiteTicket } from '../../../server/jobs/watch-suite-ticket';
import { createLog } from '../../../server/log';
import { startLicenceRig, type LicenceRig } from '../../support/licence-rig';
import { testEnv } from '../../support/app';

const MINUTE_MS = 60_000;
const LOGIN = { LOGIN_SUITE_ID: 'wwlogin', LOGIN_SUITE_SECRET: 'login-secret' };

let rig: LicenceRig;
let runningMs: number;
beforeEach(async () => {
  runningMs = 0;
  rig = await startLicenceRig();
});
afterEach(() => rig.stop());

/** An instance that runs for `runningMs`, with or without a suite of its own for the login. */
function instance(env: Record<string, string> = {}) {
  const lines: string[] = [];
  const log = createLog('info', { write: (line: string) => void lines.push(line) });
  const lifecycle = { ...rig.deps.lifecycle, runningMs: () => runningMs };
  const config = parseConfig({ ...testEnv(), ...env });
  return { deps: { ...rig.deps, config, lifecycle, log }, said: () => lines.splice(0).join('') };
}

const push = (suiteId: string) => rig.deps.tokens.saveSuiteTicket(suiteId, 'ticket', rig.clock.now());
const ALARM = 'no suite_ticket for too long';

test('a ticket that was never pushed is an alarm after the usual time, as one that is no longer pushed is', async () => {
  const { deps, said } = instance();
  runningMs = 30 * MINUTE_MS;
  await watchSuiteTicket(deps);
  expect(said()).toContain('has not pushed a suite_ticket yet');
  runningMs += MINUTE_MS;
  await watchSuiteTicket(deps);
  expect(said()).toContain(ALARM);
  await push(deps.config.suite.id);
  await watchSuiteTicket(deps);
  expect(said()).toBe('');
  rig.clock.advance(31 * MINUTE_MS);
  await watchSuiteTicket(deps);
  expect(said()).toContain(ALARM);
});

test('the login’s own suite is watched too, and named; without one there is nothing more to watch', async () => {
  const { deps, said } = instance(LOGIN);
  runningMs = 31 * MINUTE_MS;
  await push(deps.config.suite.id);
  await watchSuiteTicket(deps);
  expect(said()).toMatch(/"suite":"login".*no suite_ticket for too long/);
  await push('wwlogin');
  await watchSuiteTicket(deps);
  expect(said()).toBe('');
});

test('what is measured is a number from the first moment, so that an alert can fire on it', async () => {
  const { deps } = instance(LOGIN);
  runningMs = 21 * MINUTE_MS;
  await push(deps.config.suite.id);
  await measure.run(deps, new AbortController().signal);
  const text = await deps.metrics.text();
  expect(text).toContain('gate_suite_ticket_age_seconds{suite="app"} 0');
  expect(text).toContain('gate_suite_ticket_age_seconds{suite="login"} 1260');
});
