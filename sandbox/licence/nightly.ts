import { DAY_MS, nextShanghaiHour, startOfShanghaiDay } from '../clock';
import { codesInCorp, findMember } from '../state/find';
import type { Corp } from '../state/types';
import type { World } from '../world';
import { statusOf } from './codes';

/** "In the small hours of the next day" (page 97189); the hour itself is not documented. */
const SWEEP_HOUR = 3;

/**
 * When the next nightly sweep is due. With `quietUntilMs` the nights before that moment are passed over, but for the
 * last: nothing happens in them.
 */
export function nextSweepAtMs(world: World, quietUntilMs: number | null): number {
  const next = nextShanghaiHour(world.state.sweptAtMs, SWEEP_HOUR);
  if (quietUntilMs === null || quietUntilMs < next + DAY_MS) return next;
  return next + Math.floor((quietUntilMs - next) / DAY_MS) * DAY_MS;
}

/**
 * Where auto-activation is on, valid codes of those who left, or left the range, before today begin to wait for transfer.
 * True when the next night finds more: of those who went between midnight and now.
 */
export function sweep(world: World): boolean {
  const now = world.clock.now();
  world.state.sweptAtMs = now;
  const leftOver = world.state.corps.map((corp) => sweepCorp(world, corp, now));
  return leftOver.includes(true);
}

function sweepCorp(world: World, corp: Corp, nowMs: number): boolean {
  const today = startOfShanghaiDay(nowMs);
  let leavesOver = false;
  for (const code of codesInCorp(world, corp.corpId)) {
    if (!corp.autoActivation[code.providerId] || statusOf(code, nowMs) !== 2) continue;
    const member = findMember(corp, code.userId ?? '');
    if (member && !member.left && member.inRange) continue;
    if ((member?.outsideSinceMs ?? 0) < today) code.waitingSinceMs = nowMs;
    else leavesOver = true;
  }
  return leavesOver;
}
