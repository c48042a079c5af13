/** What the mini-program says and where it breaks, as DevTools' console would show it. */
export type Said = { readonly type: 'log' | 'info' | 'warn' | 'error' | 'debug'; readonly args: readonly unknown[] };
export type Thrown = { readonly name: string; readonly message: string; readonly stack: string };

export type FaultLog = {
  readonly console: Readonly<Record<Said['type'], (...args: unknown[]) => void>>;
  readonly report: (event: { said: Said } | { thrown: Thrown }) => void;
};

/** An error of another realm is no `instanceof Error` here. */
export function thrownOf(reason: unknown): Thrown {
  const { name, message, stack, errMsg } = (reason ?? {}) as Record<string, unknown>;
  const said = typeof message === 'string' ? message : typeof errMsg === 'string' ? errMsg : String(reason);
  return {
    name: typeof name === 'string' ? name : 'Error',
    message: said,
    stack: typeof stack === 'string' ? stack : '',
  };
}

const plainOf = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value === undefined ? null : String(value);
  try {
    return JSON.parse(JSON.stringify(value)) as unknown;
  } catch {
    return String(value);
  }
};

export function createFaultLog(report: FaultLog['report']): FaultLog {
  const say =
    (type: Said['type']) =>
    (...args: unknown[]) =>
      report({ said: { type, args: args.map(plainOf) } });
  return {
    report,
    console: { log: say('log'), info: say('info'), warn: say('warn'), error: say('error'), debug: say('debug') },
  };
}
