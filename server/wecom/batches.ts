import type { OpenJob, Refused } from './order-types';

/** The list in pieces of at most `most`, in order. */
export function inBatches<T>(list: readonly T[], most: number): readonly (readonly T[])[] {
  const starts = Array.from({ length: Math.ceil(list.length / most) }, (_, index) => index * most);
  return starts.map((start) => list.slice(start, start + most));
}

/** Adds batch after batch to one job: the first opens it where there is none. There is at least one batch. */
export async function addBatches<T, R>(
  batches: readonly (readonly T[])[],
  jobId: string | null,
  add: (batch: readonly T[], jobId: string | null) => Promise<OpenJob<R>>,
): Promise<OpenJob<R>> {
  const refused: Refused<R>[] = [];
  let known = jobId;
  for (const batch of batches) {
    const job = await add(batch, known);
    known = job.jobId;
    refused.push(...job.refused);
  }
  return { jobId: known ?? '', refused };
}
