import type { Drawing, Line } from './line';

const drawing = (...lines: Line[]): Drawing => ({ size: 96, lines });

/** Could not be reached. */
export const CLOUD = drawing(
  { d: 'M30 66a15 15 0 0 1 0-30 20 20 0 0 1 38-3 16 16 0 0 1-2 33z' },
  { d: 'M48 42v11M48 59.5v.5' },
  { d: 'M30 78h6M45 78h6M60 78h6', look: 'soft' },
);

/** Not for this person. */
export const SHIELD = drawing(
  { d: 'M48 12l28 10v22c0 18-12 32-28 40-16-8-28-22-28-40V22z' },
  { d: 'M40 46v-6a8 8 0 0 1 16 0v6', look: 'soft' },
  { d: 'M38 46h20v14H38z' },
);

/** Nothing written yet. */
export const EMPTY_BOARD = drawing(
  { d: 'M28 20h40a6 6 0 0 1 6 6v50a6 6 0 0 1-6 6H28a6 6 0 0 1-6-6V26a6 6 0 0 1 6-6z' },
  { d: 'M38 14h20v12H38z', look: 'cover' },
  { d: 'M34 42h28M34 54h28M34 66h16', look: 'dash' },
);
