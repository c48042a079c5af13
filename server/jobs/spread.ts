import { createHash } from 'node:crypto';

/** Where a corp falls within a span, always in the same place: what all corps need is then not asked for all at once. */
export function spreadMs(corpId: string, withinMs: number): number {
  return createHash('sha256').update(corpId).digest().readUInt32BE(0) % Math.max(1, withinMs);
}
