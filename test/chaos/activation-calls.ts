import { z } from 'zod';
import type { Stage } from './stage';

export const ACTIVATION = '/cgi-bin/license/active_account_by_type';
const Body = z.object({ userid: z.string(), type: z.number() });

type Call = {
  readonly member: string;
  readonly beganAtMs: number;
  /** WeCom's time when it came. */
  readonly atMs: number;
  /** When the caller had the answer, or was gone. */
  overAtMs: number;
};

/** What the server asked WeCom for, which codes do not tell: WeCom may refuse a second one, or may not. */
export type ActivationCalls = {
  readonly count: () => number;
  /** Calls that a lock on the member should have kept back. `seatedAtMs`: when each member got their seat. */
  readonly doubles: (seatedAtMs: ReadonlyMap<string, number>) => string[];
};

/** A process may have made sure of its right just before the clock jumped, and call just after. */
const JUST_BEFORE_MS = 2000;

export function watchActivations({ calls, jumps, sandbox }: Stage): ActivationCalls {
  const made: Call[] = [];
  calls.onAsked((path, { body, over }) => {
    if (path !== ACTIVATION) return;
    const { type, userid } = Body.parse(JSON.parse(body.toString('utf8')));
    const now = { beganAtMs: performance.now(), atMs: sandbox.clock.now() };
    const call: Call = { member: `${userid}/${type}`, ...now, overAtMs: Infinity };
    made.push(call);
    void over.then(() => (call.overAtMs = performance.now()));
  });
  /** One that the clock ran away from is taken for dead, rightly: nobody is kept back by it. */
  const wasOverrun = ({ beganAtMs, overAtMs }: Call): boolean =>
    jumps.some((at) => at > beganAtMs - JUST_BEFORE_MS && at < overAtMs);

  return {
    count: () => made.length,
    doubles: (seatedAtMs) =>
      made.flatMap((call, index) => {
        const before = made.slice(0, index).filter((one) => one.member === call.member);
        const clean = before.filter((one) => !wasOverrun(one));
        const beside = clean.filter((one) => one.overAtMs > call.beganAtMs);
        const isSeated = call.atMs > (seatedAtMs.get(call.member) ?? Infinity);
        return [
          ...beside.map(() => `${call.member} was being activated twice at a time`),
          ...(isSeated && clean.length === before.length ? [`${call.member} was activated again after a success`] : []),
        ];
      }),
  };
}
