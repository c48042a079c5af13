import type { CodeInfo } from '../wecom/client';

/** A chain of merged codes is followed this far. */
const LONGEST_CHAIN = 20;

/** What one code says of who holds it. */
export type Link = { readonly userId: string | null; readonly mergedInto: string | null };

export function linkOf({ replacedByCode, userId }: CodeInfo): Link {
  return { userId, mergedInto: replacedByCode };
}

/** Who holds a code, or the code it was merged into, and so on; null when nobody does. */
export async function findHolder(code: string, look: (code: string) => Promise<Link | null>): Promise<string | null> {
  let link = await look(code);
  for (let step = 0; step < LONGEST_CHAIN && link !== null && link.mergedInto !== null; step += 1)
    link = await look(link.mergedInto);
  return link?.userId ?? null;
}
