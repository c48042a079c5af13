import { runChaos } from '../chaos/run-chaos';

/** Decides what strikes when; `npm run test:chaos` runs many more. */
const SEED = Number(process.env.CHAOS_SEED ?? 1);
const ROUNDS = Number(process.env.CHAOS_ROUNDS ?? 1);

test(
  `whatever is killed, away or slow at any moment, nothing is lost and nothing done twice (seed ${SEED})`,
  async () => {
    const { seen, wrong } = await runChaos({ seed: SEED, rounds: ROUNDS });
    expect(wrong).toEqual([]);
    expect(Object.entries(seen).filter(([, count]) => count === 0)).toEqual([]);
  },
  300_000 * ROUNDS,
);
