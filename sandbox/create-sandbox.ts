import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAnnouncer } from './callbacks/announce';
import { createPostman } from './callbacks/postman';
import { readdressMail } from './callbacks/readdress';
import { createClock, toldTime, type SandboxClock } from './clock';
import { createClockStream } from './control/clock-stream';
import type { CorpTruth } from './control/present';
import { createApp } from './create-app';
import { releaseHeld, sendThroughFaults } from './faults/spoil-mail';
import { resumeOpeners } from './licence/activate-soon';
import { findCorp, findSuite } from './state/find';
import { startPhone } from './phone/start-phone';
import { seedSamples } from './samples/seed';
import { createInitialState, pointAt, type AppUrls } from './state/initial';
import { createKeeper } from './state/keeper';
import { createSnapshots } from './state/snapshots';
import type { State } from './state/types';
import { moveForward, pushDueTickets, runDue } from './time/advance';
import { createLater } from './time/later';
import { mountWorkbench } from './workbench/mount';
import type { World } from './world';

export type SandboxOptions = {
  /** 0 picks a free one. */
  readonly port?: number;
  readonly phonePort?: number;
  readonly host?: string;
  /** Where the third-party app and the custom app answer. */
  readonly appUrl: string;
  readonly customAppUrl?: string;
  /** First moment of WeCom's time; the machine's when left out. */
  readonly startAtMs?: number;
  /** File that keeps the state over restarts; snapshots lie beside it. */
  readonly dataFile?: string;
  /** The sample corps. Default true. */
  readonly samples?: boolean;
  /** false: time stands still until it is moved, and nothing happens by itself. Default true. */
  readonly tick?: boolean;
  /** Decides what faults with a `share` strike. Default 1. */
  readonly seed?: number;
};

/** A running fake WeCom. */
export type Sandbox = {
  readonly origin: string;
  readonly phoneOrigin: string;
  readonly clock: SandboxClock;
  /** The memory as it is now; read it, change it through the control API. */
  readonly state: State;
  /** The control API without HTTP: `order('orders', { corpId, base: 3, months: 12 })`. Throws what it refuses. */
  order<T = unknown>(path: string, body?: object): T;
  /** `GET /sandbox/corps/:id` without HTTP: all there is to know of a corp's licences. */
  truth(corpId: string): CorpTruth;
  /** Resolves when every callback has been delivered or given up. */
  callbacksSettled(): Promise<void>;
  close(): Promise<void>;
};

const TICK_MS = 1000;

/** Starts a fake WeCom: its API, its pages, the control API and the workbench on one port, the phone on another. */
export async function createSandbox(options: SandboxOptions): Promise<Sandbox> {
  const urls: AppUrls = { appUrl: options.appUrl, customAppUrl: options.customAppUrl ?? options.appUrl };
  const ticks = options.tick ?? true;
  const clock = createClock(options.startAtMs ?? null, ticks);
  const later = createLater();
  const postman = createPostman(
    clock,
    () => world.state,
    (mail, delivered) => {
      if (!delivered) announcer.missed(mail);
      keeper.touch();
    },
  );
  const world: World = {
    state: createInitialState(clock.now(), urls, options.seed),
    clock,
    send: (mail) => {
      sendThroughFaults(world, postman, mail);
      keeper.touch();
    },
    release: (id) => releaseHeld(world, postman, id),
    catchUp: () => {
      if (ticks) runDue(world, clock.now());
    },
    soon: later.soon,
    origin: '',
    phoneOrigin: '',
  };
  const keeper = createKeeper(options.dataFile ?? null, () => ({ ...world.state, nowMs: clock.now() }));
  const snapshots = createSnapshots(options.dataFile ? `${options.dataFile}.snapshots` : null);
  const stream = createClockStream(() => toldTime(world));
  const announcer = createAnnouncer(world);

  const takeUp = (state: State): void => {
    world.state = state;
    pointAt(state, urls);
    readdressMail(state);
  };
  /** What was under way when the state was kept. */
  const goOn = (): void => {
    postman.resume();
    resumeOpeners(world);
  };
  const replaceState = (state: State): void => {
    postman.recall();
    later.forget();
    takeUp(state);
    clock.moveTo(state.nowMs);
    announcer.release();
    goOn();
    stream.announce();
    announcer.knock();
  };
  const seed = (state: State): void => {
    world.state = state;
    if (options.samples ?? true) seedSamples(world);
  };
  const startOver = (): void => {
    clock.moveTo(options.startAtMs ?? createClock(null, true).now());
    seed(createInitialState(clock.now(), urls, options.seed));
    replaceState(world.state);
  };
  const moveTo = (toMs: number): void => {
    later.runAll();
    moveForward(world, toMs);
    stream.announce();
    pushDueTickets(world);
  };

  const kept = keeper.load();
  if (kept) {
    takeUp(kept);
    clock.moveTo(Math.max(kept.nowMs, clock.now()));
    announcer.startOver();
  } else seed(world.state);

  const app = createApp(world, {
    stream,
    moveTo,
    machine: { replaceState, startOver, tellTime: stream.announce, snapshots, announcer },
    workbench: (router) => mountWorkbench(router, { phoneOrigin: () => world.phoneOrigin }),
    changed: keeper.touch,
  });
  // A long jump keeps this process busy for seconds; a connection that a caller kept open must not end in between.
  const server = createServer({ keepAliveTimeout: 65_000 }, app.listener);
  const host = options.host ?? '127.0.0.1';
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, host, resolve);
  });
  world.origin = `http://${host}:${(server.address() as AddressInfo).port}`;
  const phone = await startPhone(phoneWorld(world), { port: options.phonePort ?? 0, host });
  world.phoneOrigin = phone.origin;
  goOn();

  const tick = () => {
    runDue(world, clock.now());
    pushDueTickets(world);
    announcer.knock();
  };
  const timer = ticks ? setInterval(tick, TICK_MS) : null;
  if (ticks) tick();

  return {
    origin: world.origin,
    phoneOrigin: phone.origin,
    clock: { ...clock, now: () => toldTime(world) },
    get state() {
      return world.state;
    },
    order: <T>(path: string, body: object = {}) => {
      const answer = app.router.call('POST', `/sandbox/${path}`, body) as T;
      keeper.touch();
      return answer;
    },
    truth: (corpId) => app.router.call('GET', `/sandbox/corps/${encodeURIComponent(corpId)}`, null) as CorpTruth,
    callbacksSettled: () => postman.idle(),
    close: async () => {
      if (timer) clearInterval(timer);
      postman.recall();
      later.forget();
      stream.close();
      await phone.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      keeper.flush();
    },
  };
}

/** What the phone proxy may know of the sandbox. */
function phoneWorld(world: World) {
  return {
    get sandboxOrigin() {
      return world.origin;
    },
    now: () => world.clock.now(),
    findPhone: (phoneId: string) => {
      const phone = world.state.phones.find((one) => one.id === phoneId);
      if (!phone) return null;
      const corp = phone.corpId === null ? null : findCorp(world, phone.corpId);
      const suite = findSuite(world, phone.lastOpen?.suiteId ?? corp?.suiteId ?? '') ?? world.state.suites[0];
      if (!suite) return null;
      return { phoneId: phone.id, userAgent: phone.userAgent, appOrigin: new URL(suite.commandUrl).origin };
    },
  };
}
