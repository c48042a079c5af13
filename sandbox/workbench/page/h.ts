type Value = string | number | boolean | null | undefined | ((event: never) => void);

/** Attributes by their HTML names; `on…` are handlers; `mount` is called once with the new element. */
export type Props = Record<string, Value>;

export type VNode = { tag: string; props: Props; children: readonly VChild[]; key: string | number | null };
type VChild = VNode | string;
export type Content = VNode | string | number | null | false | undefined | readonly Content[];

/** Describes an element. Empty contents fall away, so `condition && h(…)` works. */
export function h(tag: string, props: Props = {}, ...content: Content[]): VNode {
  const { key, ...rest } = props;
  return {
    tag,
    props: rest,
    children: flatten(content),
    key: typeof key === 'string' || typeof key === 'number' ? key : null,
  };
}

function flatten(content: readonly Content[]): VChild[] {
  const flat: VChild[] = [];
  for (const item of content) {
    if (item === null || item === undefined || item === false || item === '') continue;
    if (isList(item)) flat.push(...flatten(item));
    else flat.push(typeof item === 'number' ? String(item) : item);
  }
  return flat;
}

const isList = (item: Content): item is readonly Content[] => Array.isArray(item);

const known = new WeakMap<Node, VNode>();
const SVG = 'http://www.w3.org/2000/svg';

/**
 * Makes the parent's children be what is described, touching only what differs: focus, open details, scroll places and
 * frames survive. Children with a key keep their element when they move.
 */
export function render(parent: Element, children: readonly VChild[]): void {
  const keyed = new Map<string, ChildNode>();
  const plain: ChildNode[] = [];
  for (const node of parent.childNodes) {
    const key = known.get(node)?.key;
    if (key === null || key === undefined) plain.push(node);
    else keyed.set(String(key), node);
  }
  let cursor: ChildNode | null = parent.firstChild;
  for (const child of children) {
    const match = findMatch(child, keyed, plain);
    const node = match ?? create(child, parent);
    if (node === cursor) cursor = cursor.nextSibling;
    else parent.insertBefore(node, cursor);
    if (match) patch(match, child);
  }
  for (const gone of [...keyed.values(), ...plain]) gone.remove();
}

function findMatch(child: VChild, keyed: Map<string, ChildNode>, plain: ChildNode[]): ChildNode | null {
  if (typeof child !== 'string' && child.key !== null) {
    const found = keyed.get(String(child.key));
    if (!found || known.get(found)?.tag !== child.tag) return null;
    keyed.delete(String(child.key));
    return found;
  }
  const index = plain.findIndex((node) =>
    typeof child === 'string' ? node.nodeType === 3 : known.get(node)?.tag === child.tag,
  );
  return index < 0 ? null : (plain.splice(index, 1)[0] ?? null);
}

function create(child: VChild, parent: Element): ChildNode {
  if (typeof child === 'string') return document.createTextNode(child);
  const inSvg = child.tag === 'svg' || (parent.namespaceURI === SVG && parent.tagName !== 'foreignObject');
  const element = inSvg ? document.createElementNS(SVG, child.tag) : document.createElement(child.tag);
  known.set(element, { ...child, props: {}, children: [] });
  patch(element, child);
  if (typeof child.props.mount === 'function') {
    const mount = child.props.mount as (element: Element) => void;
    queueMicrotask(() => mount(element));
  }
  return element;
}

function patch(node: ChildNode, child: VChild): void {
  if (typeof child === 'string') {
    if (node.nodeValue !== child) node.nodeValue = child;
    return;
  }
  const element = node as Element;
  const before = known.get(element)?.props ?? {};
  for (const name of Object.keys({ ...before, ...child.props })) {
    if (name !== 'mount') setProp(element, name, before[name], child.props[name]);
  }
  known.set(element, child);
  render(element, child.children);
}

function setProp(element: Element, name: string, before: Value, value: Value): void {
  if (name.startsWith('on')) {
    (element as unknown as Record<string, unknown>)[name] = value ?? null;
    return;
  }
  if (before === value) return;
  if (name === 'value' && 'value' in element) {
    if (element !== document.activeElement) element.value = value;
    return;
  }
  if (name === 'checked' && 'checked' in element) element.checked = value === true;
  else if (value === undefined || value === null || value === false) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? '' : String(value));
}
