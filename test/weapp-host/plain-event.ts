import { Event, type Element, type ShadowedEvent } from 'glass-easel';

const nodeOf = ({ id, dataset }: Element) => ({ id, dataset: { ...dataset }, offsetLeft: 0, offsetTop: 0 });

/** The plain object a handler gets in the client, from the framework's own event. */
function plainOf(event: ShadowedEvent<unknown>): object {
  const { type, timeStamp, mark, detail } = event;
  return {
    type,
    timeStamp,
    detail,
    mark: { ...mark },
    target: nodeOf(event.target),
    currentTarget: nodeOf(event.currentTarget),
    touches: [],
    changedTouches: [],
    ...event.extraFields,
  };
}

type Method = (this: unknown, ...args: unknown[]) => unknown;

/** Lets every function of a page's or component's definition receive plain events. */
export function withPlainEvents<T extends Record<string, unknown>>(definition: T, copy: <V>(value: V) => V): T {
  const wrapped = Object.entries(definition).map(([name, value]) => {
    if (typeof value !== 'function') return [name, value] as const;
    const method = value as Method;
    const wrapper: Method = function (...args) {
      const [first, ...rest] = args;
      return first instanceof Event
        ? method.call(this, copy(plainOf(first as ShadowedEvent<unknown>)), ...rest)
        : method.apply(this, args);
    };
    return [name, wrapper] as const;
  });
  return Object.fromEntries(wrapped) as T;
}
