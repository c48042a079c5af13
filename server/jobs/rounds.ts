import { startStopwatch } from '../clock';
import type { Deps } from '../deps';
import { createLine } from './line';

/**
 * What every instance does for itself from time to time, in machine time. Every run starts from the store, so a run that
 * was cut off or missed loses nothing. Work of which all instances together do one piece is a job (job.ts).
 */
export type Round = {
  readonly name: string;
  readonly everyMs: number;
  /** Should return soon after `signal` is aborted. Throwing is reported; the next turn comes all the same. */
  readonly run: (deps: Deps, signal: AbortSignal) => Promise<void>;
};

export type RoundRunner = {
  /** Runs every round at once, then each in its rhythm or when `events.jobDue` names it. */
  readonly start: () => void;
  /** Starts nothing more, and resolves when what runs has ended. */
  readonly stop: () => Promise<void>;
};

export function createRoundRunner(deps: Deps, rounds: readonly Round[]): RoundRunner {
  const stopping = new AbortController();
  const lines = new Map(
    rounds.map((round) => [
      round.name,
      createLine(round.everyMs, () => runOnce(deps, round, stopping.signal), stopping.signal),
    ]),
  );
  let stopListening = (): void => {};
  return {
    start: () => {
      stopListening = deps.events.onJobDue((name) => lines.get(name)?.due());
      for (const line of lines.values()) line.due();
    },
    stop: async () => {
      stopListening();
      stopping.abort();
      await Promise.all([...lines.values()].map((line) => line.ended()));
    },
  };
}

async function runOnce(deps: Deps, round: Round, signal: AbortSignal): Promise<void> {
  const ms = startStopwatch();
  try {
    await round.run(deps, signal);
    deps.metrics.job(round.name, 'ok', ms() / 1000);
  } catch (error) {
    deps.metrics.job(round.name, 'failed', ms() / 1000);
    deps.log.error({ round: round.name, err: error }, 'round failed');
  }
}
