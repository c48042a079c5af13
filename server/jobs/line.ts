export type Line = {
  /** Run now, or once more after the run under way. */
  readonly due: () => void;
  /** Resolves when what runs has ended; nothing more begins once the signal is aborted. */
  readonly ended: () => Promise<void>;
};

/**
 * Runs of one thing, one after the other, `everyMs` apart; a call during a run leads to one more run, however many calls
 * there were. `run` reports its own faults and never throws.
 */
export function createLine(everyMs: number, run: () => Promise<void>, signal: AbortSignal): Line {
  let running: Promise<void> | null = null;
  let again = false;
  let timer: NodeJS.Timeout | undefined;

  async function runThrough(): Promise<void> {
    do {
      again = false;
      await run();
    } while (again && !signal.aborted);
    running = null;
    if (!signal.aborted) timer = setTimeout(due, everyMs).unref();
  }

  function due(): void {
    if (signal.aborted) return;
    again = true;
    clearTimeout(timer);
    running ??= runThrough();
  }

  return {
    due,
    ended: async () => {
      clearTimeout(timer);
      await running;
    },
  };
}
