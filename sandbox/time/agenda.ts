import type { AgendaItem } from '../state/types';
import type { World } from '../world';

/** Notes something that is to happen at that moment; of two at one moment the one noted first happens first. */
export function plan(world: World, item: AgendaItem): void {
  const { agenda } = world.state;
  let low = 0;
  for (let high = agenda.length; low < high;) {
    const middle = (low + high) >> 1;
    if ((agenda[middle]?.atMs ?? Infinity) <= item.atMs) low = middle + 1;
    else high = middle;
  }
  agenda.splice(low, 0, item);
}

/** Strikes out what was to happen to this order or job. */
export function strike(world: World, kind: AgendaItem['kind'], id: string): void {
  const at = world.state.agenda.findIndex((item) => item.kind === kind && item.id === id);
  if (at >= 0) world.state.agenda.splice(at, 1);
}
