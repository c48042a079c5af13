import { screenOf } from '../../src/gate/screen-of';
import { buildState, buildVerdict } from './build-state';

const person = (isAdmin: boolean) => ({ corpId: 'wpCorp', isAdmin, isOutsider: false });
const blocked = buildVerdict('trial_over');

test('an administrator reaches the licence page whatever the verdict', () => {
  for (const returnTo of ['/admin', '/admin?from=workbench', '/admin#buy']) {
    expect(screenOf(buildState(blocked, { returnTo, person: person(true) }))).toBe('page');
  }
});

test('every other page, and every other person there, is held back by it', () => {
  expect(screenOf(buildState(blocked, { returnTo: '/records', person: person(true) }))).toBe('block');
  expect(screenOf(buildState(blocked, { returnTo: '/administer', person: person(true) }))).toBe('block');
  expect(screenOf(buildState(blocked, { returnTo: '/admin', person: person(false) }))).toBe('block');
});
