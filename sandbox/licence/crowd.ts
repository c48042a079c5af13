import { DAY_MS } from '../clock';
import type { Corp, Crowd, LicenceCode, Member } from '../state/types';
import type { World } from '../world';

/** Seats of a crowd were bound on different days, so that they do not all end at once. */
const SPREAD_DAYS = 50;

/** One of the crowd: in range, in service, an ordinary member. */
function crowdMember(corp: Corp, index: number): Member {
  const userId = crowdUserId(corp, index);
  const openUserId = userId.replace(/^wo/, 'wOpen');
  const there = { inRange: true, left: false, outsideSinceMs: null };
  return { userId, openUserId, name: `成员${index + 1}`, userType: 5, admin: false, ...there };
}

const crowdUserId = (corp: Corp, index: number): string => `wo${corp.corpId.slice(2)}C${index + 1}`;
const crowdCodeName = (corp: Corp, index: number): string => `L1${corp.corpId.slice(2)}C${index + 1}`;

/** The code that one of the crowd is bound to. */
export function crowdCode(corp: Corp, crowd: Crowd, index: number): LicenceCode {
  const activeAtMs = crowd.boughtAtMs + (index % SPREAD_DAYS) * DAY_MS;
  return {
    code: crowdCodeName(corp, index),
    orderId: crowd.orderId,
    providerId: crowd.providerId,
    corpId: corp.corpId,
    type: 1,
    createdAtMs: crowd.boughtAtMs,
    durationMs: crowd.durationMs,
    userId: crowdUserId(corp, index),
    activeAtMs,
    expiresAtMs: activeAtMs + crowd.durationMs,
    waitingSinceMs: null,
    mergedInto: null,
    mergedFrom: null,
    voided: false,
    movedInServiceAtMs: null,
    sharedTo: null,
    sharedFrom: null,
  };
}

/** A crowd's code by its name; null when it is none of theirs. */
export function findCrowdCode(corp: Corp, name: string): LicenceCode | null {
  const start = crowdCodeName(corp, -1).slice(0, -1);
  const index = name.startsWith(start) ? Number(name.slice(start.length)) - 1 : NaN;
  if (!corp.crowd || !Number.isInteger(index) || index < 0 || index >= corp.crowd.count) return null;
  return crowdCode(corp, corp.crowd, index);
}

/** A listing that is made as it is read: the crowd's part first, then the rest. */
export function crowdThen<T>(corp: Corp, present: (code: LicenceCode) => T, rest: readonly T[]) {
  const { crowd } = corp;
  if (!crowd) return rest;
  return {
    length: crowd.count + rest.length,
    slice: (start: number, end: number): T[] => {
      const made: T[] = [];
      for (let at = start; at < Math.min(end, crowd.count); at += 1) made.push(present(crowdCode(corp, crowd, at)));
      return [...made, ...rest.slice(Math.max(0, start - crowd.count), Math.max(0, end - crowd.count))];
    },
  };
}

/** Makes people and codes of a crowd, one by one: from now on they live like any other. */
export function settleCrowd(world: World, corp: Corp): void {
  const { crowd } = corp;
  if (!crowd) return;
  corp.crowd = null;
  for (let index = 0; index < crowd.count; index += 1) {
    corp.members.push(crowdMember(corp, index));
    world.state.codes.push(crowdCode(corp, crowd, index));
  }
}
