import { AppError } from '../errors';

/** Whose turn it is on the one connection. */
export type Turn = {
  /** Resolves when it is the caller's turn; throws `store.unavailable` when that takes longer than the limit. */
  readonly take: () => Promise<void>;
  /** Ends the caller's turn. */
  readonly pass: () => void;
};

type Waiter = { readonly go: () => void; readonly timer: NodeJS.Timeout };

/**
 * First come, first served, with a limit to the waiting: a query that waits for the transaction it was made in would
 * wait for ever; here it fails, its transaction rolls back, and everyone behind goes on.
 */
export function createTurn(waitMs: number): Turn {
  const waiting = new Set<Waiter>();
  let taken = false;

  const wait = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const giveUp = (): void => {
        waiting.delete(waiter);
        reject(new AppError('store.unavailable', { logDetail: `a transaction held the store for over ${waitMs} ms` }));
      };
      const waiter: Waiter = { go: resolve, timer: setTimeout(giveUp, waitMs) };
      waiting.add(waiter);
    });

  return {
    take: async () => {
      if (taken) return wait();
      taken = true;
    },
    pass: () => {
      const [next] = waiting;
      if (!next) {
        taken = false;
        return;
      }
      waiting.delete(next);
      clearTimeout(next.timer);
      next.go();
    },
  };
}
