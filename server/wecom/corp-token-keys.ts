/** What the keys of all corps' tokens of a suite begin with. */
export const corpTokenPrefix = (suiteId: string): string => `corp:${suiteId}:`;

/** Under which keys the store keeps a corp's token, and its tickets for JS-SDK by scope. */
export function corpTokenKeys(suiteId: string, corpId: string): Readonly<Record<'token' | 'corp' | 'agent', string>> {
  const prefix = `${corpTokenPrefix(suiteId)}${corpId}`;
  return { token: `${prefix}:token`, corp: `${prefix}:ticket:corp`, agent: `${prefix}:ticket:agent` };
}

/** Whose a key is; null for one that is no corp's of this suite. */
export function corpOfTokenKey(suiteId: string, key: string): string | null {
  const prefix = corpTokenPrefix(suiteId);
  return key.startsWith(prefix) ? (key.slice(prefix.length).split(':')[0] ?? null) : null;
}
