import { mayReceive } from '../../domain/recipients';
import { DAY, NOW, SECOND } from './build-facts';

const OFFSET = 480;
const trialUntil = (endsAtMs: number) => ({
  checking: true,
  trial: { startsAtMs: NOW - 90 * DAY, endsAtMs },
  checkFromMs: null,
});
const OVER = trialUntil(NOW);
const RUNNING = trialUntil(NOW + SECOND);
const LONG = trialUntil(NOW + 8 * DAY);

test.each([
  ['a seat, after the trial', true, OVER, true, 5, true],
  ['no seat, the second the trial is over', false, OVER, false, 0, false],
  ['no seat, the last second of the trial, nothing bought', false, RUNNING, true, 0, true],
  ['no seat, trial ending, a free account that the message would use up', false, RUNNING, true, 1, false],
  ['no seat, trial ending, a free account but no auto-activation', false, RUNNING, false, 1, true],
  ['no seat, more than a week of trial, when nothing activates yet', false, LONG, true, 1, true],
  ['no seat, WeCom checks nothing', false, { checking: false, trial: null, checkFromMs: null }, true, 1, true],
  ['no seat, WeCom will check later', false, { checking: true, trial: null, checkFromMs: NOW + 1 }, true, 1, true],
  ['no seat, WeCom checks since this second', false, { checking: true, trial: null, checkFromMs: NOW }, true, 0, false],
])('%s', (_who, holdsSeat, appLicence, autoActivationOn, freeAccounts, expected) => {
  expect(mayReceive(holdsSeat, { appLicence, autoActivationOn, freeAccounts }, NOW, OFFSET)).toBe(expected);
});
