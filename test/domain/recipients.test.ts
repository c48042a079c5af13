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
const UNCHECKED = { checking: false, trial: null, checkFromMs: null };
const LATER = { checking: true, trial: null, checkFromMs: NOW + 1 };

test.each([
  ['a seat, after the trial', true, OVER, true, 5, true],
  ['no seat, the second the trial is over', false, OVER, false, 0, false],
  ['no seat, the last second of the trial, nothing bought', false, RUNNING, true, 0, true],
  ['no seat, trial ending, a free account that the message would use up', false, RUNNING, true, 1, false],
  ['no seat, trial ending, a free account but no auto-activation', false, RUNNING, false, 1, true],
  ['no seat, more than a week of trial, when nothing activates yet', false, LONG, true, 1, true],
  // Auto-activation does not wait for the checking: a message would bind the account (Scene 2 of auto_activate).
  ['no seat, WeCom checks nothing, a free account that the message would use up', false, UNCHECKED, true, 1, false],
  ['no seat, WeCom checks nothing, nothing to use up', false, UNCHECKED, true, 0, true],
  ['no seat, WeCom checks nothing, no auto-activation', false, UNCHECKED, false, 1, true],
  ['a seat, WeCom checks nothing, an account free for others', true, UNCHECKED, true, 1, true],
  ['no seat, WeCom will check later, a free account', false, LATER, true, 1, false],
  ['no seat, WeCom will check later, nothing to use up', false, LATER, true, 0, true],
  [
    'no seat, more than a week of a trial in which nobody is checked',
    false,
    { ...LONG, checking: false },
    true,
    1,
    true,
  ],
  ['no seat, WeCom checks since this second', false, { checking: true, trial: null, checkFromMs: NOW }, true, 0, false],
])('%s', (_who, holdsSeat, appLicence, autoActivationOn, freeAccounts, expected) => {
  expect(mayReceive(holdsSeat, { appLicence, autoActivationOn, freeAccounts }, NOW, OFFSET)).toBe(expected);
});
