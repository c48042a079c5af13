import type { AssociatedBackend, CodeSpace } from 'glass-easel-miniprogram-adapter';
import type { GeneralComponent } from 'glass-easel';

export type Query = Readonly<Record<string, string>>;

/** A page as its own code sees itself. */
export type PageInstance = Record<string, unknown> & {
  route: string;
  options: Query;
  data: Record<string, unknown>;
  setData: (data: object, then?: () => void) => void;
};

/** One page of the stack. */
export type Shown = {
  readonly id: number;
  readonly path: string;
  readonly query: Query;
  readonly instance: PageInstance;
  readonly component: GeneralComponent;
  readonly holder: HTMLElement;
  readonly release: () => void;
};

type Made = { readonly space: CodeSpace; readonly backend: AssociatedBackend; readonly document: Document };

/** `pages/record/index?id=1` in its two parts; values stay as they stand in the address, as in the client. */
export function readUrl(url: string): { path: string; query: Query } {
  const [path = '', search = ''] = url.split('?', 2);
  const pairs = search.split('&').filter(Boolean);
  const query = Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      return at === -1 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
  return { path: path.replace(/^\//, ''), query };
}

/** Calls a lifetime or handler of a page, if it has it. */
export function callPage({ instance }: Shown, name: string, ...args: unknown[]): unknown {
  const method = instance[name];
  return typeof method === 'function' ? (method as (...given: unknown[]) => unknown).apply(instance, args) : undefined;
}

let lastId = 0;

/** Builds a page, draws it, and takes it through onLoad, onShow and onReady. */
export function openPage({ space, backend, document }: Made, path: string, query: Query): Shown {
  const holder = document.createElement('div');
  const placeholder = document.createElement('div');
  holder.append(placeholder);
  document.body.append(holder);
  const root = backend.createRoot('page', space, path);
  const instance = root.get() as unknown as PageInstance;
  const setData = instance.setData.bind(instance);
  lastId += 1;
  // What crosses to the other thread is JSON in the client, whatever the app hands over.
  const overTheBridge = (data: object, then?: () => void) => setData(JSON.parse(JSON.stringify(data)) as object, then);
  Object.assign(instance, { route: path, __route__: path, options: query, setData: overTheBridge });
  const release = () => {
    root.release();
    holder.remove();
  };
  const shown = { id: lastId, path, query, instance, component: root.getComponent(), holder, release };
  callPage(shown, 'onLoad', query);
  callPage(shown, 'onShow');
  root.attach(holder as never, placeholder as never);
  callPage(shown, 'onReady');
  return shown;
}
