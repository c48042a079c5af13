/** A ratio of two things measured in turns: its median and the range it was seen in. */
export type Ratio = { readonly median: number; readonly low: number; readonly high: number };

export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)];
  const lower = sorted[Math.ceil(middle) - 1];
  if (upper === undefined || lower === undefined) throw new Error('No values to take the median of');
  return (upper + lower) / 2;
}

/**
 * Measures `subject` and `base` in turns, the order swapped each round so that a busy minute of the machine hits both,
 * and gives the median of the ratios of each pair. The first round warms up and is thrown away.
 */
export async function measureRatio(
  subject: () => Promise<number>,
  base: () => Promise<number>,
  rounds: number,
): Promise<Ratio> {
  const ratios: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const swapped = round % 2 === 1;
    const first = await (swapped ? base : subject)();
    const second = await (swapped ? subject : base)();
    if (round > 0) ratios.push(swapped ? second / first : first / second);
  }
  return { median: medianOf(ratios), low: Math.min(...ratios), high: Math.max(...ratios) };
}
