/** Chinese characters take two columns of a terminal. */
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/gu;

function widthOf(cell: string): number {
  return cell.length + (cell.match(WIDE)?.length ?? 0);
}

export type Cell = string | number | null;

/** Rows under a head, aligned; one line each. */
export function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string[] {
  const texts = [head, ...rows].map((row) => row.map((cell) => (cell === null ? '–' : String(cell))));
  const widths = head.map((_, column) => Math.max(...texts.map((row) => widthOf(row[column] ?? ''))));
  return texts.map((row) =>
    row
      .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - widthOf(cell)))
      .join('  ')
      .trimEnd(),
  );
}

/** A moment as an operator reads it; null for one that never was. */
export function moment(atMs: number | null): string | null {
  return atMs === null || atMs === 0 ? null : new Date(atMs).toISOString().replace(/\.\d+Z$/, 'Z');
}
