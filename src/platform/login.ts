export { findToken } from './mini/session';

type LogIn = (returnTo: string) => void;

let logIn: LogIn | null = null;

/** Who logs in when a session turns out to be over: the entrance of the running gate. */
export function onLoginWanted(handler: LogIn): void {
  logIn = handler;
}

/** The session is over: log in again, in place, and show the page anew. */
export function beginLogin(returnTo: string): void {
  logIn?.(returnTo);
}
