import { getCurrentPages, nextTick, setNavigationBarTitle } from '@tarojs/taro';
import type { GateState } from '../gate/gate-state';
import { readArrival, type Opening } from './mini/arrival';
import { SERVER_ORIGIN } from './server-origin';

/** A mini-program's package comes without a verdict: it is asked for after login. */
export function findGateState(): GateState | null {
  return null;
}

/** The same address as on H5 for the page on the screen. */
export function currentPath(): string {
  const page = getCurrentPages().at(-1);
  return readArrival({ path: page?.route, query: page?.options as Opening['query'] }).page;
}

/** Title in the client's bar. */
export function setTitle(title: string): void {
  void setNavigationBarTitle({ title });
}

/** Runs `work` once the first page is drawn. */
export function whenQuiet(work: () => void): void {
  nextTick(work);
}

/** The page's full address, as one would send it to somebody. */
export function currentAddress(): string {
  return SERVER_ORIGIN + currentPath();
}
