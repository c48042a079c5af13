import type { GateState } from '../../gate/gate-state';
import { nowMs } from '../clock';
import { readItem, writeItem } from '../storage';
import { HOME } from './arrival';

type Wanted = { readonly page: string; readonly atMs: number };

const KEY = 'gate.wanted-page';
/** Whoever was sent to the workbench comes back within this time, or wanted something else. */
const WANTED_FOR_MS = 30 * 60_000;

function readWanted(): Wanted | null {
  try {
    const wanted = JSON.parse(readItem(KEY) ?? 'null') as Partial<Wanted> | null;
    return typeof wanted?.page === 'string' && typeof wanted.atMs === 'number' ? (wanted as Wanted) : null;
  } catch {
    return null;
  }
}

const pathOf = (page: string): string | undefined => page.split('?')[0];

/**
 * Remembers the record a person was held back from, so that opening the app anew (the workbench opens its first page) leads
 * there once they are let in. Call it with every state of the gate.
 * @returns the page to go on to now, or null
 */
export function followWantedPage({ verdict, screen, returnTo }: GateState): string | null {
  if (verdict === null || screen !== 'verdict') return null;
  if (verdict.outcome === 'block' || verdict.outcome === 'wait') {
    if (pathOf(returnTo) === '/record')
      writeItem(KEY, JSON.stringify({ page: returnTo, atMs: nowMs() } satisfies Wanted));
    return null;
  }
  const wanted = readWanted();
  if (wanted === null) return null;
  writeItem(KEY, '');
  return pathOf(returnTo) === HOME && nowMs() - wanted.atMs < WANTED_FOR_MS ? wanted.page : null;
}
