import type { Element as Node } from 'glass-easel';

/** Ids for nodes, never used twice: the SDK keeps what it once got under an id. */
export type Handles = { readonly idOf: (node: Node) => string; readonly find: (id: unknown) => Node };

export function createHandles(): Handles {
  const ids = new WeakMap<Node, string>();
  const nodes = new Map<string, WeakRef<Node>>();
  let last = 0;
  return {
    idOf: (node) => {
      const known = ids.get(node);
      if (known !== undefined) return known;
      last += 1;
      const id = `element-${last}`;
      ids.set(node, id);
      nodes.set(id, new WeakRef(node));
      return id;
    },
    find: (id) => {
      const node = nodes.get(String(id))?.deref();
      if (node === undefined || !isOnPage(node)) throw new Error(`element ${String(id)} is no longer on a page`);
      return node;
    },
  };
}

function isOnPage(node: Node): boolean {
  return (node.getBackendElement() as unknown as Element | null)?.isConnected === true;
}
