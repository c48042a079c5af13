import type { GateState } from '../gate/gate-state';

/** What the server wrote into the page; null when the page came without it. */
export function findGateState(): GateState | null {
  const json = document.getElementById('gate-state')?.textContent;
  return json ? (JSON.parse(json) as GateState) : null;
}

/** Path and query of the page on the screen: where an action returns to. */
export function currentPath(): string {
  return location.pathname + location.search;
}

/** Title in the client's bar. */
export function setTitle(title: string): void {
  document.title = title;
}

/** What the first page asks for itself is under way by then, on a slow line too. */
const FIRST_PAGE_MS = 1000;

/** Runs `work` once the first page works and the device has a moment: what it loads must not compete with the page. */
export function whenQuiet(work: () => void): void {
  const idle = () => ('requestIdleCallback' in window ? window.requestIdleCallback(work, { timeout: 3000 }) : work());
  const later = () => setTimeout(idle, FIRST_PAGE_MS);
  if (document.readyState === 'complete') later();
  else window.addEventListener('load', later, { once: true });
}

/** The page's full address, as one would send it to somebody. */
export function currentAddress(): string {
  return location.href;
}
