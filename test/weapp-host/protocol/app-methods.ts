import type { Shown } from '../page-stack';
import { type Methods, type Params } from './methods';

const pageOf = ({ id, path, query }: Shown) => ({ pageId: id, path, query });

const listOf = (args: unknown): unknown[] => (Array.isArray(args) ? args : []);

function refusePlugins({ pluginId }: Params): void {
  if (pluginId !== undefined) throw new Error('this host runs no plug-ins');
}

/** `Tool.*` and `App.*`. */
export const APP_METHODS: Methods = {
  'Tool.getInfo': () => ({ SDKVersion: '3.7.0' }),
  'Tool.close': (host) => {
    host.close();
    return {};
  },
  'App.exit': () => ({}),
  'App.getCurrentPage': (host) => pageOf(host.app().top()),
  'App.getPageStack': (host) => ({ pageStack: host.app().stack.map(pageOf) }),
  'App.callWxMethod': async (host, params) => {
    refusePlugins(params);
    return { result: (await host.app().wx.call(String(params['method']), listOf(params['args']))) ?? null };
  },
  'App.mockWxMethod': (host, params) => {
    refusePlugins(params);
    const { method, functionDeclaration, args, result } = params;
    const { wx, realm } = host.app();
    const name = String(method);
    if (typeof functionDeclaration === 'string') {
      wx.mock(name, { source: realm.compile(functionDeclaration), args: listOf(args) });
    } else if ('result' in params) wx.mock(name, { result });
    else wx.restore(name);
    return {};
  },
  'App.callFunction': async (host, { functionDeclaration, args }) => {
    const { realm } = host.app();
    const result: unknown = await realm.compile(String(functionDeclaration))(...realm.copy(listOf(args)));
    return { result: result ?? null };
  },
  'App.addBinding': (host, { name }) => {
    const { globals } = host.app().realm;
    globals[String(name)] = (...args: unknown[]) => host.emit('App.bindingCalled', { name: String(name), args });
    return {};
  },
  'App.enableLog': (host) => {
    host.enableLog();
    return {};
  },
};
