import type { Element as Node } from 'glass-easel';
import type { Host } from '../host';
import type { Shown } from '../page-stack';
import { SCREEN } from '../screen';
import { select, tagOf } from '../select';
import { atPath, callOn, namesOf, type Methods, type Params } from './methods';

export function pageOf(host: Host, { pageId }: Params): Shown {
  const page = host.app().stack.find(({ id }) => id === pageId);
  if (!page) throw new Error(`page ${String(pageId)} is no longer open`);
  return page;
}

/** What the SDK makes an element of. */
export function present(host: Host, node: Node): object {
  return { elementId: host.handles.idOf(node), tagName: tagOf(node) };
}

export function firstOf(host: Host, found: readonly Node[], selector: unknown): object {
  const [node] = found;
  if (!node) throw new Error(`no element ${String(selector)}`);
  return present(host, node);
}

const inPage = (host: Host, params: Params): Node[] => {
  const { component } = pageOf(host, params);
  return select(component, component, String(params['selector']));
};

/** There is no layout here: a page is as large as its screen and stands at its top. */
const WINDOW: Readonly<Record<string, number>> = {
  'document.documentElement.scrollWidth': SCREEN.windowWidth,
  'document.documentElement.scrollHeight': SCREEN.windowHeight,
  'document.body.scrollTop': 0,
  'document.documentElement.scrollTop': 0,
};

/** `Page.*` */
export const PAGE_METHODS: Methods = {
  'Page.getElement': (host, params) => firstOf(host, inPage(host, params), params['selector']),
  'Page.getElements': (host, params) => ({ elements: inPage(host, params).map((node) => present(host, node)) }),
  'Page.getData': (host, params) => ({ data: atPath(pageOf(host, params).instance.data, params['path']) ?? null }),
  'Page.setData': (host, params) => {
    pageOf(host, params).instance.setData(params['data'] as object);
    return {};
  },
  'Page.callMethod': async (host, params) => ({ result: await callOn(pageOf(host, params).instance, params) }),
  'Page.getWindowProperties': (_host, params) => ({
    properties: namesOf(params).map((name) => {
      const value = WINDOW[name];
      if (value === undefined) throw new Error(`this host does not know the window property ${name}`);
      return value;
    }),
  }),
};
