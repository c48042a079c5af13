/** One stroke of a line drawing: an SVG path, and how it is drawn. */
export type Line = {
  readonly d: string;
  readonly look?: 'soft' | 'dash' | 'solid' | 'cover' | 'turns';
};

/** Colour role of a drawing. */
export type Tone = 'brand' | 'warn' | 'stop' | 'ok' | 'ink-2';

/** A drawing and the square it is drawn in. */
export type Drawing = { readonly size: 96 | 44 | 20; readonly lines: readonly Line[] };
