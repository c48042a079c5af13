import { CurrentWindowBackendContext, globalOptions } from 'glass-easel';
import { MiniProgramEnv } from 'glass-easel-miniprogram-adapter';
import { defineBuiltIns } from './built-ins';
import type { Templates } from './compile-templates';
import type { Device } from './device';
import { createFaultLog, type FaultLog } from './faults';
import type { PackageFiles } from './package-files';
import { callPage, openPage, type Query, type Shown } from './page-stack';
import { withPlainEvents } from './plain-event';
import { ownTypes } from './property-types';
import { createRealm, type Realm, type Registering } from './realm';
import { createWx, type Wx } from './wx/create-wx';

/** How the client opens the mini-program: its page, what the entry carries, and WeChat's number for the entry. */
export type Launch = { readonly path: string; readonly query: Query; readonly scene: number };

type Definition = Record<string, unknown>;
type AppObject = Record<string, unknown>;

/** One run of the mini-program, from launch to its end. */
export type MiniApp = {
  readonly realm: Realm;
  readonly wx: Wx;
  readonly app: AppObject;
  readonly stack: readonly Shown[];
  readonly faults: FaultLog;
  readonly top: () => Shown;
  /** Navigation as the client does it. @throws Error with the client's words. */
  readonly routes: Routes;
  readonly background: () => void;
  readonly foreground: (launch: Launch | null) => void;
  readonly end: () => void;
};

export type Routes = {
  readonly navigateTo: (path: string, query: Query) => void;
  readonly redirectTo: (path: string, query: Query) => void;
  readonly reLaunch: (path: string, query: Query) => void;
  readonly navigateBack: (delta: number) => void;
};

const DEEPEST_STACK = 10;

export type Given = {
  readonly files: PackageFiles;
  readonly templates: Templates;
  readonly device: Device;
  readonly document: Document;
  readonly launch: Launch;
  readonly report: FaultLog['report'];
};

/** Registers what the package's scripts define and loads a page's own on its first visit. */
function createRegistry({ files, templates }: Given, load: (name: string) => unknown) {
  // Selectors look ids up in the document.
  globalOptions.writeIdToDOM = true;
  const env = new MiniProgramEnv();
  const space = env.createCodeSpace('app', true);
  defineBuiltIns(space, templates.attributes);
  const known = new Set<string>();
  const ensure = (path: string): void => {
    if (known.has(path)) return;
    known.add(path);
    const config = files.json(`${path}.json`);
    for (const needed of Object.values(config.usingComponents ?? {})) ensure(within(path, needed));
    space.addComponentStaticConfig(path, config as never);
    space.addCompiledTemplate(path, templates.of(path));
    load(path);
  };
  return { space, backend: env.associateBackend(new CurrentWindowBackendContext()), ensure };
}

function within(path: string, needed: string): string {
  return new URL(needed, `file:///${path}`).pathname.slice(1);
}

/** Starts the mini-program cold. @throws whatever its scripts throw, and Error for a page it does not have. */
export function startMiniApp(given: Given): MiniApp {
  const { files, device, document, launch } = given;
  const faults = createFaultLog(given.report);
  const registering: Registering = { path: '' };
  const stack: Shown[] = [];
  let app: AppObject = {};
  let entered = launch;

  const registry = createRegistry(given, (name) => realm.load(name));
  const plain = (definition: Definition) => withPlainEvents(definition, realm.copy);
  const realm: Realm = createRealm(
    files,
    {
      console: faults.console,
      getApp: () => app,
      getCurrentPages: () => stack.map(({ instance }) => instance),
      App: (definition: AppObject) => void (app = definition),
      Page: (definition: Definition) =>
        registry.space.componentEnv(registering.path, ({ Page }) => Page(plain(definition) as never)),
      Component: (definition: Definition) => {
        const methods = plain((definition['methods'] ?? {}) as Definition);
        const properties = ownTypes((definition['properties'] ?? {}) as Definition);
        const own = { ...definition, methods, properties };
        registry.space.componentEnv(registering.path, (env) => env.Component(own as never));
      },
      Behavior: (definition: Definition) =>
        registry.space.componentEnv(registering.path, (env) => env.Behavior(definition as never)),
    },
    registering,
    () => device.get().clockAheadMs,
  );

  const callApp = (name: string, ...args: unknown[]): void => {
    const method = app[name];
    if (typeof method === 'function') (method as (...given: unknown[]) => unknown).apply(app, args);
  };
  const top = (): Shown => {
    const shown = stack.at(-1);
    if (!shown) throw new Error('no page is open');
    return shown;
  };
  const show = (): void => stack.forEach(({ holder }, index) => (holder.hidden = index < stack.length - 1));
  const open = (path: string, query: Query): void => {
    if (!files.pages.includes(path)) throw new Error(`page "${path}" is not found`);
    registry.ensure(path);
    stack.push(openPage({ ...registry, document }, path, realm.copy(query)));
    show();
  };
  const close = (count: number): void => {
    for (const shown of stack.splice(stack.length - count).reverse()) {
      callPage(shown, 'onUnload');
      shown.release();
    }
  };
  const known = (path: string): void => {
    if (!files.pages.includes(path)) throw new Error(`page "${path}" is not found`);
  };

  const routes: Routes = {
    navigateTo: (path, query) => {
      known(path);
      if (stack.length >= DEEPEST_STACK) throw new Error(`webview count limit exceed`);
      callPage(top(), 'onHide');
      open(path, query);
    },
    redirectTo: (path, query) => {
      known(path);
      close(1);
      open(path, query);
    },
    reLaunch: (path, query) => {
      known(path);
      close(stack.length);
      open(path, query);
    },
    navigateBack: (delta) => {
      const count = Math.min(delta, stack.length - 1);
      if (count < 1) throw new Error('cannot navigate back at first page.');
      close(count);
      show();
      callPage(top(), 'onShow');
    },
  };

  const optionsOf = ({ path, query, scene }: Launch) => realm.copy({ path, query, scene, referrerInfo: {} });
  const wx = createWx({
    files,
    device,
    realm,
    routes,
    top,
    stack,
    app: callApp,
    launched: () => optionsOf(launch),
    entered: () => optionsOf(entered),
  });
  realm.globals['wx'] = wx.object;

  realm.load('app');
  callApp('onLaunch', optionsOf(launch));
  callApp('onShow', optionsOf(launch));
  if (!files.pages.includes(launch.path)) callApp('onPageNotFound', { ...optionsOf(launch), isEntryPage: true });
  if (stack.length === 0) open(launch.path || (files.pages[0] ?? ''), launch.query);

  return {
    realm,
    wx,
    get app() {
      return app;
    },
    stack,
    faults,
    top,
    routes,
    background: () => {
      callPage(top(), 'onHide');
      callApp('onHide');
      wx.tell('AppHide', {});
    },
    foreground: (next) => {
      entered = next ?? entered;
      callApp('onShow', optionsOf(entered));
      wx.tell('AppShow', optionsOf(entered));
      if (next === null) callPage(top(), 'onShow');
      else routes.reLaunch(next.path, next.query);
    },
    end: () => {
      wx.end();
      realm.end();
      for (const { release } of stack.splice(0)) release();
    },
  };
}
