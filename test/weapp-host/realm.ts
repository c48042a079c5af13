import path from 'node:path';
import vm from 'node:vm';
import type { PackageFiles } from './package-files';

type Loaded = { exports: unknown };
type Wrapped = (require: (name: string) => unknown, module: Loaded, exports: unknown) => void;

/** The world the mini-program's scripts live in: JavaScript, `wx`, the client's globals, and nothing of a browser or of Node. */
export type Realm = {
  readonly globals: Record<string, unknown>;
  /** Runs a script of the package once, and what it requires. `name` has no `.js`. */
  readonly load: (name: string) => unknown;
  /** A value as the app would have it: made of the realm's own objects and arrays. */
  readonly copy: <T>(value: T) => T;
  /** A function from its source, closed over nothing. */
  readonly compile: (source: string) => (...args: unknown[]) => unknown;
  /** Nothing of it runs any more. */
  readonly end: () => void;
};

/** Timers of one run: they stop with it. Everything else comes through `wx`. */
function createTimers(): { readonly apis: Record<string, unknown>; readonly stop: () => void } {
  const running = new Set<NodeJS.Timeout>();
  const kept = (timer: NodeJS.Timeout): number => {
    running.add(timer);
    return timer[Symbol.toPrimitive]();
  };
  const clear = (timer?: number): void => clearTimeout(timer);
  return {
    apis: {
      setTimeout: (...given: Parameters<typeof setTimeout>) => kept(setTimeout(...given)),
      setInterval: (...given: Parameters<typeof setInterval>) => kept(setInterval(...given)),
      clearTimeout: clear,
      clearInterval: clear,
    },
    stop: () => running.forEach((timer) => clearTimeout(timer)),
  };
}

/** The phone's clock, which somebody may have set. */
const PHONE_CLOCK = `(aheadMs) => {
  const Machine = Date;
  globalThis.Date = class Date extends Machine {
    constructor(...parts) {
      if (parts.length > 0) super(...parts);
      else super(Machine.now() + aheadMs());
    }
    static now() {
      return Machine.now() + aheadMs();
    }
  };
}`;

/** What a page's script is running while it registers itself; `Page()` and `Component()` ask. */
export type Registering = { path: string };

/** Makes a fresh realm; one per launch, as a cold start begins with nothing. */
export function createRealm(
  files: PackageFiles,
  given: Record<string, unknown>,
  registering: Registering,
  clockAheadMs: () => number,
): Realm {
  const timers = createTimers();
  const context = vm.createContext({ ...timers.apis, ...given }, { name: 'mini-program' });
  const globals = context as Record<string, unknown>;
  globals['global'] = context;
  (vm.runInContext(PHONE_CLOCK, context) as (aheadMs: () => number) => void)(clockAheadMs);
  const parse = vm.runInContext('(text) => JSON.parse(text)', context) as (text: string) => unknown;
  const modules = new Map<string, Loaded>();

  const load = (name: string): unknown => {
    const known = modules.get(name);
    if (known) return known.exports;
    const module: Loaded = { exports: {} };
    modules.set(name, module);
    const code = `(function(require, module, exports) {${files.text(`${name}.js`)}\n})`;
    const run = vm.runInContext(code, context, { filename: `${name}.js` }) as Wrapped;
    const before = registering.path;
    registering.path = name;
    try {
      run((needed) => load(resolve(name, needed)), module, module.exports);
    } finally {
      registering.path = before;
    }
    return module.exports;
  };

  return {
    end: timers.stop,
    globals,
    load,
    copy: <T>(value: T) => (value === undefined ? value : (parse(JSON.stringify(value)) as T)),
    compile: (source) => vm.runInContext(`(${source})`, context) as (...args: unknown[]) => unknown,
  };
}

function resolve(from: string, needed: string): string {
  const relative = needed.startsWith('/') ? needed.slice(1) : path.posix.join(path.posix.dirname(from), needed);
  return relative.replace(/\.js$/, '');
}
