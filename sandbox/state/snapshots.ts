import { existsSync, readFileSync } from 'node:fs';
import { requireState, writeWhole } from './keeper';
import type { State } from './types';

/** Memories put aside by name. With a file they outlive the program, as the state does. */
export type Snapshots = {
  keep(name: string, state: State): void;
  find(name: string): State | null;
};

/** Throws when the file holds something else. */
export function createSnapshots(path: string | null): Snapshots {
  const shelf = new Map<string, State>(path === null ? [] : readShelf(path));
  return {
    keep: (name, state) => {
      shelf.set(name, structuredClone(state));
      if (path !== null) writeWhole(path, Object.fromEntries(shelf));
    },
    find: (name) => structuredClone(shelf.get(name) ?? null),
  };
}

function readShelf(path: string): [string, State][] {
  if (!existsSync(path)) return [];
  const kept = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  return Object.entries(kept).map(([name, state]) => [name, requireState(path, state)]);
}
