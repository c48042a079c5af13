import { Event, type Element as Node } from 'glass-easel';
import type { Host } from '../host';
import { select, tagOf, textOf } from '../select';
import { namesOf, type Methods, type Params } from './methods';
import { firstOf, pageOf, present } from './page-methods';

type Component = Node & { data?: Record<string, unknown>; setData?: (data: object) => void };

const nodeOf = (host: Host, { elementId }: Params): Component => host.handles.find(elementId) as Component;
const camel = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

const inNode = (host: Host, params: Params): Node[] =>
  select(pageOf(host, params).component, nodeOf(host, params), String(params['selector']));

/** An attribute as WXML set it. */
function attributeOf(node: Component, name: string): unknown {
  if (name === 'class') return node.class;
  if (name === 'id') return node.id;
  if (name === 'style') return node.style;
  if (name.startsWith('data-')) return node.dataset[camel(name.slice(5))] ?? null;
  return node.data?.[camel(name)] ?? null;
}

function domPropertyOf(node: Node, name: string): unknown {
  if (name === 'innerText') return textOf(node);
  throw new Error(`this host has no layout: ${name} is not known`);
}

/** `node` gets an event as the client's own component would send it. */
function send(node: Node, type: string, detail: unknown, touches: readonly unknown[] = []): void {
  const options = {
    bubbles: true,
    composed: true,
    capturePhase: true,
    extraFields: { touches, changedTouches: touches },
  };
  Event.dispatchEvent(node, new Event(type, detail, options));
}

/** A disabled button takes no tap; a covered or unseen one does here, where there is no layout. */
function tap(host: Host, node: Component): void {
  // Read first: what the tap does may take the button off the page.
  const { disabled, openType } = tagOf(node) === 'button' ? (node.data ?? {}) : {};
  if (disabled === true) return;
  send(node, 'tap', { x: 0, y: 0 }, [{ identifier: 0, pageX: 0, pageY: 0, clientX: 0, clientY: 0 }]);
  if (openType === 'share') host.share(node);
}

function type(node: Component, value: unknown): void {
  node.setData?.({ value: String(value) });
  send(node, 'input', { value: String(value), cursor: String(value).length, keyCode: 0 });
}

const FUNCTIONS: Readonly<Record<string, (node: Component, args: readonly unknown[]) => void>> = {
  'input.input': (node, [value]) => type(node, value),
  'textarea.input': (node, [value]) => type(node, value),
  'switch.tap': (node) => {
    const value = node.data?.['checked'] !== true;
    node.setData?.({ checked: value });
    send(node, 'change', { value });
  },
};

const touch =
  (name: string) =>
  (host: Host, params: Params): object => {
    send(nodeOf(host, params), name, {}, (params['touches'] ?? []) as unknown[]);
    return {};
  };

/** `Element.*` */
export const ELEMENT_METHODS: Methods = {
  'Element.getElement': (host, params) => firstOf(host, inNode(host, params), params['selector']),
  'Element.getElements': (host, params) => ({ elements: inNode(host, params).map((node) => present(host, node)) }),
  'Element.getDOMProperties': (host, params) => {
    const node = nodeOf(host, params);
    return { properties: namesOf(params).map((name) => domPropertyOf(node, name)) };
  },
  'Element.getProperties': (host, params) => {
    const { data = {} } = nodeOf(host, params);
    const known = Object.fromEntries(Object.keys(data).map((name) => [name, true]));
    return { properties: namesOf(params).map((name) => (name === '__propPublic' ? known : (data[name] ?? null))) };
  },
  'Element.getAttributes': (host, params) => {
    const node = nodeOf(host, params);
    return { attributes: namesOf(params).map((name) => attributeOf(node, name)) };
  },
  'Element.getWXML': (host, params) => {
    const dom = nodeOf(host, params).getBackendElement() as unknown as Element;
    const wxml = params['type'] === 'outer' ? dom.outerHTML : dom.innerHTML;
    return { wxml: wxml.replace(/(<\/?)wx-/g, '$1') };
  },
  'Element.tap': (host, params) => {
    tap(host, nodeOf(host, params));
    return {};
  },
  'Element.touchstart': touch('touchstart'),
  'Element.touchmove': touch('touchmove'),
  'Element.touchend': touch('touchend'),
  'Element.triggerEvent': (host, params) => {
    send(nodeOf(host, params), String(params['type']), params['detail'] ?? {});
    return {};
  },
  'Element.callFunction': (host, params) => {
    const run = FUNCTIONS[String(params['functionName'])];
    if (!run) throw new Error(`this host does not know ${String(params['functionName'])}`);
    run(nodeOf(host, params), (params['args'] ?? []) as unknown[]);
    return { result: null };
  },
};
