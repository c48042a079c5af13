import type { Host } from '../host';

export type Params = Readonly<Record<string, unknown>>;
export type Method = (host: Host, params: Params) => unknown;
export type Methods = Readonly<Record<string, Method>>;

/** A list of names from the SDK. */
export function namesOf({ names }: Params): readonly string[] {
  if (!Array.isArray(names)) throw new Error('names must be a list');
  return names.map(String);
}

/** The value under a path such as `root.cn[0].v`; the whole without one. */
export function atPath(data: unknown, path: unknown): unknown {
  if (typeof path !== 'string' || path === '') return data;
  const steps = path.split(/[.[\]]/).filter(Boolean);
  return steps.reduce<unknown>((at, step) => (at as Record<string, unknown> | null | undefined)?.[step], data);
}

/** A method of a page or component, awaited. */
export async function callOn(instance: Record<string, unknown>, { method, args }: Params): Promise<unknown> {
  const found = instance[String(method)];
  if (typeof found !== 'function') throw new Error(`${String(method)} is not a method here`);
  return (await (found as (...given: unknown[]) => unknown).apply(instance, (args ?? []) as unknown[])) ?? null;
}
