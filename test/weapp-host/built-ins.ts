import type { CodeSpace } from 'glass-easel-miniprogram-adapter';
import { BUILT_IN_TAGS } from './tags';

/** Where a person's typing and choosing ends up; as in the client, the value is the component's own until data changes it. */
const KEPT_BY_COMPONENT: Readonly<Record<string, readonly string[]>> = {
  input: ['value'],
  textarea: ['value'],
  switch: ['checked'],
};

/** Defines the client's own components: each accepts the attributes this package uses and shows its children. */
export function defineBuiltIns(space: CodeSpace, attributes: ReadonlyMap<string, ReadonlySet<string>>): void {
  for (const tag of BUILT_IN_TAGS) {
    const names = [...(attributes.get(tag) ?? []), ...(KEPT_BY_COMPONENT[tag] ?? [])];
    const properties = Object.fromEntries(names.map((name) => [name, { type: null, value: undefined }]));
    const name = `wx-${tag}`;
    space.component(name).definition({ properties }).register();
    const components = space.getComponentSpace();
    const defined = components.getComponentByUrlWithoutDefault(name, '');
    if (!defined) throw new Error(`${name} was not registered`);
    components.setGlobalUsingComponent(name, defined);
  }
}
