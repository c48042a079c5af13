import { createBenchWorld, startProduction } from './bench-world';
import type { Figure } from './figure';
import { medianOf } from './paired';

const STARTS = 5;

/** From the start of the process to the first `ready`, on an embedded store that already exists. */
export async function measureServerStart(): Promise<Figure[]> {
  const world = await createBenchWorld();
  try {
    const times: number[] = [];
    for (let start = 0; start <= STARTS; start += 1) {
      const { readyAfterMs, stop } = await startProduction(world);
      await stop();
      if (start > 0) times.push(readyAfterMs); // the first one makes the store
    }
    const range = { low: Math.min(...times), high: Math.max(...times) };
    const figure = { what: 'server start', against: 'the bundle, embedded store, warm', value: medianOf(times), range };
    return [{ ...figure, unit: 'ms', floor: 1000, stretch: 700, better: 'low' }];
  } finally {
    await world.close();
  }
}
