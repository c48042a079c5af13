import { reLaunch } from '@tarojs/taro';

let token: string | null = null;

/** Bearer of the session `POST /api/session` opened. */
export function findToken(): string | null {
  return token;
}

/** Keeps the session's bearer while the mini-program runs. */
export function keepToken(value: string | null): void {
  token = value;
}

/** The session is over: start again, which logs in and comes back to the page. */
export function beginLogin(returnTo: string): void {
  keepToken(null);
  const [path = '', query = ''] = returnTo.split('?');
  void reLaunch({ url: `/pages${path}/index?${query}` });
}
