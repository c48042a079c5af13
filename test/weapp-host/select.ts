import type { Element as Node, GeneralComponent } from 'glass-easel';
import { BUILT_IN_TAGS } from './tags';

type DomElement = Element & { __wxElement?: Node };

const ID = /#([\w-]+)/g;
const TYPE = /(^|[\s>+~,])([a-z][\w-]*)/g;

/** `#x` and `button` as they stand in the host's DOM: ids have their component before them, built-in tags are `wx-…`. */
function translate(selector: string): string {
  const typed = selector.replace(TYPE, (whole, before: string, tag: string) =>
    BUILT_IN_TAGS.has(tag) ? `${before}wx-${tag}` : whole,
  );
  return typed.replace(ID, (_, id: string) => `[id$="--${id}"]`);
}

/**
 * Nodes of one component that match, in the order of the page. What lies inside other custom components is not seen, as in
 * DevTools. `[attribute]` and `:nth-child` select by the host's DOM and are not portable.
 */
export function select(owner: GeneralComponent, within: Node, selector: string): Node[] {
  const dom = within.getBackendElement() as unknown as DomElement;
  const shadow = owner.getShadowRoot();
  const wanted = translate(selector);
  return [...dom.querySelectorAll<DomElement>(wanted)].flatMap(({ __wxElement: node }) =>
    node && node.ownerShadowRoot === shadow ? [node] : [],
  );
}

const BLOCK_TAGS = new Set(['WX-VIEW', 'WX-BUTTON', 'WX-SCROLL-VIEW', 'WX-NAVIGATOR', 'WX-INPUT', 'WX-TEXTAREA']);

/** The text somebody reads: blocks stand on lines of their own. */
export function textOf(node: Node): string {
  const lines = [''];
  const walk = (dom: globalThis.Node): void => {
    if (dom.nodeType === 3) lines[lines.length - 1] += dom.textContent ?? '';
    const isBlock = BLOCK_TAGS.has(dom.nodeName);
    if (isBlock) lines.push('');
    dom.childNodes.forEach(walk);
    if (isBlock) lines.push('');
  };
  walk(node.getBackendElement() as unknown as globalThis.Node);
  return lines
    .map((line) => line.trim())
    .filter(Boolean)
    .join('\n');
}

/** The tag as WXML has it. */
export function tagOf(node: Node): string {
  return (node.getBackendElement() as unknown as Element).tagName.toLowerCase().replace(/^wx-/, '');
}
