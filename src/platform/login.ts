export { findToken } from './mini/session';

/** What leads in, while a gate runs: a login in place, or a visit without an account. */
type WaysIn = { readonly logInAgain: (returnTo: string) => unknown; readonly visitAsOutsider: () => void };

let ways: WaysIn | null = null;

/** The entrance of the running gate says how to come in. */
export function offerWaysIn(offered: WaysIn): void {
  ways = offered;
}

/** The session is over: log in again, in place, and show the page anew. */
export function beginLogin(returnTo: string): void {
  void ways?.logInAgain(returnTo);
}

/** In plain WeChat: go on without a WeCom account. */
export function beginVisit(): void {
  ways?.visitAsOutsider();
}
