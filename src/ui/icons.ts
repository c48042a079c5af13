import type { Drawing } from './line';

const icon = (d: string): Drawing => ({ size: 20, lines: [{ d }] });
const step = (d: string, soft: string): Drawing => ({ size: 44, lines: [{ d }, { d: soft, look: 'soft' }] });

export const CLOCK = icon('M17.5 10a7.5 7.5 0 1 1-15 0 7.5 7.5 0 0 1 15 0zM10 6v4.5l3 1.8');
export const WARNING = icon('M10 3l7.5 14h-15zM10 8v4M10 14.3v.2');
export const CLOUD_OFF = icon('M6 15.5a4 4 0 0 1-.5-8A5 5 0 0 1 15 8a3.8 3.8 0 0 1-.5 7.5zM10 8.5v3M10 13.5v.2');
export const CROSS = icon('M5.5 5.5l9 9M14.5 5.5l-9 9');
export const CHECK = icon('M4 10.5l4 4 8-9');

/** The way to the workbench, drawn: its tab, the app's tile, and back. */
export const STEP_WORKBENCH = step(
  'M15 6h14a4 4 0 0 1 4 4v24a4 4 0 0 1-4 4H15a4 4 0 0 1-4-4V10a4 4 0 0 1 4-4zM18.5 34.5h1M24.5 34.5h1',
  'M11 31h22M17 14h3v3h-3zM24 14h3v3h-3zM17 21h3v3h-3z',
);
export const STEP_APP = step(
  'M16 9h12a7 7 0 0 1 7 7v12a7 7 0 0 1-7 7H16a7 7 0 0 1-7-7V16a7 7 0 0 1 7-7zM16 22.5l4.5 4.5 8-9',
  'M5 14a9 9 0 0 1 9-9M39 30a9 9 0 0 1-9 9',
);
export const STEP_BACK = step('M12 22a10.5 10.5 0 1 0 3.5-7.8M15 7v7.5h7.5', 'M22 17v5.5l3.5 2.5');
