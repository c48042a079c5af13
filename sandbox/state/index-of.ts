type Shelf = { seen: number; readonly byKey: Map<string, unknown[]> };

/** Per list and per kind of key. The lists only ever grow and their keys never change; a restored list is a new one. */
const shelves = new WeakMap<readonly unknown[], Map<string, Shelf>>();

/** What of this growing list has that key, in order, without looking through all of it each time. */
export function lookUp<T>(list: readonly T[], kind: string, keyOf: (item: T) => string, key: string): readonly T[] {
  const shelf = shelfOf(list, kind);
  for (; shelf.seen < list.length; shelf.seen += 1) put(shelf, list[shelf.seen] as T, keyOf);
  return (shelf.byKey.get(key) ?? NONE) as T[];
}

const NONE: readonly unknown[] = [];

function shelfOf(list: readonly unknown[], kind: string): Shelf {
  const kinds = shelves.get(list) ?? new Map<string, Shelf>();
  shelves.set(list, kinds);
  const shelf = kinds.get(kind) ?? { seen: 0, byKey: new Map<string, unknown[]>() };
  kinds.set(kind, shelf);
  return shelf;
}

function put<T>(shelf: Shelf, item: T, keyOf: (item: T) => string): void {
  const key = keyOf(item);
  const there = shelf.byKey.get(key);
  if (there) there.push(item);
  else shelf.byKey.set(key, [item]);
}
