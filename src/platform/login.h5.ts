/** The session is over: log in again and come back to where the person is. */
export function beginLogin(returnTo: string): void {
  location.assign(`/login?return_to=${encodeURIComponent(returnTo)}`);
}

/** On H5 the session is a cookie that no script can read. */
export function findToken(): string | null {
  return null;
}
