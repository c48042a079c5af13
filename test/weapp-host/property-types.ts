const OURS: Readonly<Record<string, unknown>> = { String, Number, Boolean, Object, Array };

/** `Object` of the app's realm is not this one's, which is what the framework compares with. */
function typeOf(type: unknown): unknown {
  return typeof type === 'function' ? (OURS[type.name] ?? type) : type;
}

type Property = { readonly type?: unknown; readonly optionalTypes?: readonly unknown[] };

/** A component's properties with the types of this realm. */
export function ownTypes(properties: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(properties).map(([name, property]) => {
    if (typeof property !== 'object' || property === null) return [name, typeOf(property)] as const;
    const { type, optionalTypes } = property as Property;
    const types = optionalTypes && { optionalTypes: optionalTypes.map(typeOf) };
    return [name, { ...property, type: typeOf(type), ...types }] as const;
  });
  return Object.fromEntries(entries);
}
