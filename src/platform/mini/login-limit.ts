import { nowMs } from '../clock';

const MOST = 3;
const WITHIN_MS = 60_000;

/** So many logins in a minute are no login any more but a circle. */
export class TooManyLogins extends Error {}

/** Counts logins. @returns a function that throws TooManyLogins when there were three in the last minute already */
export function createLoginLimit(): () => void {
  let times: readonly number[] = [];
  return () => {
    const at = nowMs();
    times = times.filter((time) => at - time < WITHIN_MS);
    if (times.length >= MOST) throw new TooManyLogins();
    times = [...times, at];
  };
}
