/** Milliseconds since the page was opened: lets the shown time run on between two answers of the sandbox. */
export const sinceOpenedMs = (): number => performance.now();
