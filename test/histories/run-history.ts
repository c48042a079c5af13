import { judge } from './judge';
import { castCorps, play } from './play';
import type { Stage } from './stage';
import { makeHistory, type History, type Step } from './steps';

/** A history whose ledger did not end as WeCom's truth, at its shortest. */
export type Failure = {
  readonly seed: number;
  readonly wrong: readonly string[];
  readonly steps: readonly Step[];
  readonly of: number;
};

/** Plays one history and judges its end. */
export async function playHistory(stage: Stage, history: History): Promise<string[]> {
  await stage.begin(history.app);
  const cast = await castCorps(stage, history);
  for (const step of history.steps) await play(stage, cast, step);
  return judge(stage, cast);
}

/** Plays the history of a seed; one that fails is shortened as far as it still fails. */
export async function runSeed(stage: Stage, seed: number): Promise<Failure | null> {
  const history = makeHistory(seed);
  const wrong = await attempt(stage, history);
  if (wrong.length === 0) return null;
  const shortest = await shorten(stage, history);
  return { seed, steps: shortest.steps, of: history.steps.length, wrong: shortest.wrong ?? wrong };
}

async function attempt(stage: Stage, history: History): Promise<string[]> {
  try {
    return await playHistory(stage, history);
  } catch (error) {
    return [error instanceof Error ? (error.stack ?? error.message) : String(error)];
  }
}

/** Leaves out one step after the other, from the end, as long as the rest still fails. */
async function shorten(stage: Stage, history: History): Promise<{ steps: readonly Step[]; wrong: string[] | null }> {
  let steps = history.steps;
  let wrong: string[] | null = null;
  for (let index = steps.length - 1; index >= 0; index -= 1) {
    const without = steps.filter((_step, at) => at !== index);
    const still = await attempt(stage, { ...history, steps: without });
    if (still.length === 0) continue;
    steps = without;
    wrong = still;
  }
  return { steps, wrong };
}

/** A failure as it is printed: how to see it again, what is wrong, and the steps that lead there. */
export function describeFailure({ of, seed, steps, wrong }: Failure): string {
  const told = steps.map((step, index) => `  ${String(index + 1).padStart(2)} ${JSON.stringify(step)}`);
  const again = `npm run test:histories -- --seed ${seed} --count 1`;
  return [
    `history ${seed} (${again})`,
    ...wrong.map((one) => `  ! ${one}`),
    `  ${steps.length} of ${of} steps:`,
    ...told,
  ].join('\n');
}
