import type { World } from '../world';

/** Whether something that happens in this share of all cases happens now. Same seed, same order of asking: same answers. */
export function happens(world: World, share: number): boolean {
  return share >= 1 || roll(world) < share;
}

/** The next number from 0 up to 1 (mulberry32; its whole memory is one number of the state). */
function roll(world: World): number {
  world.state.dice = (world.state.dice + 0x6d2b79f5) | 0;
  let mixed = world.state.dice;
  mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
}
