/** Work that waits on the machine's own time (WeCom's asynchronous moments), and can be hurried or forgotten. */
export type Later = {
  soon(delayMs: number, work: () => void): void;
  /** Does everything that waits, now and in order. */
  runAll(): void;
  forget(): void;
};

export function createLater(): Later {
  const waiting = new Map<NodeJS.Timeout, () => void>();
  return {
    soon: (delayMs, work) => {
      const timer = setTimeout(() => {
        waiting.delete(timer);
        work();
      }, delayMs);
      waiting.set(timer, work);
    },
    runAll: () => {
      const works = [...waiting.values()];
      for (const timer of waiting.keys()) clearTimeout(timer);
      waiting.clear();
      for (const work of works) work();
    },
    forget: () => {
      for (const timer of waiting.keys()) clearTimeout(timer);
      waiting.clear();
    },
  };
}
