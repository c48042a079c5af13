import { z } from 'zod';
import { toldTime } from '../clock';
import type { Router } from '../http/router';
import { parseSpan } from '../time/parse-span';
import type { World } from '../world';
import { ControlError, mountOrder, mountQuestion } from './request';

const Move = z
  .strictObject({ now: z.union([z.number(), z.string()]).optional(), advance: z.string().optional() })
  .refine((body) => (body.now === undefined) !== (body.advance === undefined), 'say either now or advance');

/** The sandbox's time may not run past this: WeCom's own validity dates end before. */
const LATEST_MS = Date.UTC(2100, 0, 1);

/** Reading and moving WeCom's time. Forward only: to go back, restore a snapshot. */
export function mountClock(router: Router, world: World, moveTo: (toMs: number) => void): void {
  mountQuestion(router, 'clock', () => ({ now: toldTime(world) }));
  mountOrder(router, 'clock', Move, (body) => {
    moveTo(targetOf(world, body));
    return { now: toldTime(world) };
  });
}

function targetOf(world: World, body: z.infer<typeof Move>): number {
  const now = world.clock.now();
  const target = body.advance === undefined ? parseMoment(body.now ?? '') : addSpan(now, body.advance);
  if (target < now) throw new ControlError(400, 'the clock only runs forward; to go back, restore a snapshot');
  if (target > LATEST_MS) throw new ControlError(400, 'the clock ends in the year 2100');
  return target;
}

function parseMoment(moment: number | string): number {
  const ms = typeof moment === 'number' ? moment : Date.parse(moment);
  if (!Number.isFinite(ms)) throw new ControlError(400, 'now is neither milliseconds nor an ISO 8601 time');
  return Math.round(ms);
}

function addSpan(now: number, span: string): number {
  const ms = parseSpan(span);
  if (ms === null) throw new ControlError(400, 'advance is like "7d", "3h", "10m", "90s", "1y"');
  return now + ms;
}
