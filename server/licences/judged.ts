import type { Capability, Entry, Facts } from '../../domain/facts';
import type { Verdict } from '../../domain/verdict';

/** Who comes, from where, for what. */
export type Visit = {
  readonly visitor: 'member' | 'outsider' | 'nobody';
  readonly corpId: string | null;
  readonly userId: string | null;
  readonly entry: Entry;
  readonly loginNamedAgent: boolean;
  readonly capability: Capability;
};

/** A visit with its facts and its verdict, at the moment of judging. */
export type Judged = {
  readonly visit: Visit;
  readonly facts: Facts;
  readonly verdict: Verdict;
  readonly atMs: number;
};

/** Whether the verdict lets the visitor in. */
export function isGranted({ outcome }: Pick<Verdict, 'outcome'>): boolean {
  return outcome === 'allow' || outcome === 'warn';
}
