/** Names and values of a query; a mini-program has no URLSearchParams. */
export type Query = Readonly<Record<string, string>>;

/** Percent signs resolved; text that is not encoded stays as it is. */
export function decodeText(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Reads `a=1&b=2`, with or without a question mark before it; the last value of a name counts. */
export function readQuery(text: string): Query {
  const pairs = text.replace(/^\?/, '').split('&');
  return Object.fromEntries(
    pairs
      .filter((pair) => pair !== '')
      .map((pair) => {
        const [name = '', ...rest] = pair.split('=');
        return [decodeText(name), decodeText(rest.join('='))];
      }),
  );
}

/** Writes a query, leaving out what is empty. */
export function writeQuery(query: Readonly<Record<string, string | undefined>>): string {
  const pairs = Object.entries(query).filter((pair): pair is [string, string] => Boolean(pair[1]));
  return pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');
}
