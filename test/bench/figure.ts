/** One measured figure beside its aim. */
export type Figure = {
  readonly what: string;
  readonly against: string;
  readonly value: number;
  /** How the value is written: a plain ratio, kilobytes or milliseconds. */
  readonly unit: 'ratio' | 'KB' | 'ms';
  /** The range it was seen in, where it was measured in turns. */
  readonly range?: { readonly low: number; readonly high: number };
  /** A floor is a least for what should be high, a most for what should be low. */
  readonly floor: number;
  readonly stretch: number;
  readonly better: 'high' | 'low';
};

function write(value: number, unit: Figure['unit']): string {
  if (unit === 'ratio') return value.toFixed(2);
  return unit === 'KB' ? `${value.toFixed(1)} KB` : `${Math.round(value)} ms`;
}

/** How a figure stands to its aims. */
export function judge({ value, floor, stretch, better }: Figure): 'stretch' | 'met' | 'NOT MET' {
  const reaches = (aim: number) => (better === 'high' ? value >= aim : value <= aim);
  if (reaches(stretch)) return 'stretch';
  return reaches(floor) ? 'met' : 'NOT MET';
}

function row(figure: Figure): string[] {
  const { what, against, value, unit, range, floor, stretch, better } = figure;
  const sign = better === 'high' ? '≥' : '≤';
  const seen = range ? ` (${write(range.low, unit)}–${write(range.high, unit)})` : '';
  const aim = `${sign} ${write(floor, unit)}; ${write(stretch, unit)}`;
  return [what, against, `${write(value, unit)}${seen}`, aim, judge(figure)];
}

/** The figures as a Markdown table. */
export function formatFigures(figures: readonly Figure[]): string {
  const rows = [['figure', 'against', 'measured', 'aim: floor; stretch', ''], ...figures.map(row)];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0))) ?? [];
  const lines = rows.map((cells) => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`);
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [lines[0], rule, ...lines.slice(1)].join('\n');
}
