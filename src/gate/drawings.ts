import type { Reason } from '../../domain/reasons';
import type { Drawing, Line, Tone } from '../ui/line';
import { CLOUD } from '../ui/pictures';

/** A seat is drawn as a boarding pass. */
const PASS =
  'M22 26h34a4 4 0 0 0 8 0h10a6 6 0 0 1 6 6v24a6 6 0 0 1-6 6H64a4 4 0 0 0-8 0H22a6 6 0 0 1-6-6V32a6 6 0 0 1 6-6z';
const PASS_FOLD: Line = { d: 'M60 37v14', look: 'dash' };
const PASS_TEXT: Line = { d: 'M27 38h20M27 48h12', look: 'soft' };
const BADGE: Line = { d: 'M84 66a15 15 0 1 1-30 0 15 15 0 0 1 30 0z', look: 'cover' };
const pass = (...marks: Line[]): Drawing => ({
  size: 96,
  lines: [{ d: PASS }, PASS_FOLD, PASS_TEXT, BADGE, ...marks],
});
const drawing = (...lines: Line[]): Drawing => ({ size: 96, lines });

const CALENDAR: Line[] = [
  { d: 'M26 22h44a8 8 0 0 1 8 8v42a8 8 0 0 1-8 8H26a8 8 0 0 1-8-8V30a8 8 0 0 1 8-8z' },
  { d: 'M18 38h60', look: 'soft' },
  { d: 'M34 15v13M62 15v13' },
];
const TILES: Line = {
  d: 'M60 18h14a6 6 0 0 1 6 6v14a6 6 0 0 1-6 6H60a6 6 0 0 1-6-6V24a6 6 0 0 1 6-6zM22 54h14a6 6 0 0 1 6 6v14a6 6 0 0 1-6 6H22a6 6 0 0 1-6-6V60a6 6 0 0 1 6-6zM60 54h14a6 6 0 0 1 6 6v14a6 6 0 0 1-6 6H60a6 6 0 0 1-6-6V60a6 6 0 0 1 6-6z',
  look: 'soft',
};
const FIRST_TILE = 'M22 18h14a6 6 0 0 1 6 6v14a6 6 0 0 1-6 6H22a6 6 0 0 1-6-6V24a6 6 0 0 1 6-6z';

const TRIAL_OVER = drawing(...CALENDAR, { d: 'M39 51l18 18M57 51L39 69' });
const NOT_INSTALLED = drawing(TILES, { d: FIRST_TILE, look: 'dash' }, { d: 'M24 26l10 10M34 26L24 36' });
const OUT_OF_RANGE = drawing(
  { d: 'M66 48a27 27 0 1 1-54 0 27 27 0 0 1 54 0z', look: 'dash' },
  {
    d: 'M36 40a5 5 0 1 1-10 0 5 5 0 0 1 10 0zM22 58a9 9 0 0 1 18 0M52 44a4 4 0 1 1-8 0 4 4 0 0 1 8 0zM43 58a6 6 0 0 1 11-2',
    look: 'soft',
  },
  { d: 'M83 40a6 6 0 1 1-12 0 6 6 0 0 1 12 0zM67 62a10 10 0 0 1 20 0' },
);
const CONTACT = drawing(
  { d: 'M42 36a10 10 0 1 1-20 0 10 10 0 0 1 20 0zM14 70a18 18 0 0 1 36 0' },
  { d: 'M76 42a8 8 0 1 1-16 0 8 8 0 0 1 16 0zM58 70a12 12 0 0 1 24-4', look: 'dash' },
  { d: 'M52 24h12M58 18v12' },
);
const WORKBENCH = drawing(
  TILES,
  { d: FIRST_TILE },
  { d: 'M23 31l5 5 8-9' },
  { d: 'M10 12a27 27 0 0 1 38 0M8 50a27 27 0 0 1 0-38', look: 'soft' },
);
const SWITCH_OFF = drawing(
  { d: 'M34 30h28a18 18 0 0 1 0 36H34a18 18 0 0 1 0-36z' },
  { d: 'M46 48a12 12 0 1 1-24 0 12 12 0 0 1 24 0z' },
  { d: 'M56 48h10M48 14v6M48 76v6M24 20l3 5M72 20l-3 5', look: 'soft' },
);
const ALL_TAKEN = drawing(
  { d: 'M31 28a6 6 0 1 1-12 0 6 6 0 0 1 12 0zM15 48a10 10 0 0 1 20 0z' },
  { d: 'M54 28a6 6 0 1 1-12 0 6 6 0 0 1 12 0zM38 48a10 10 0 0 1 20 0z' },
  { d: 'M77 28a6 6 0 1 1-12 0 6 6 0 0 1 12 0zM61 48a10 10 0 0 1 20 0z' },
  { d: 'M10 55h76', look: 'soft' },
  { d: 'M54 66a6 6 0 1 1-12 0 6 6 0 0 1 12 0zM36 86a12 12 0 0 1 24 0', look: 'dash' },
);

/** What the screens that are no verdict show. */
export const KEY = drawing(
  { d: 'M50 40a14 14 0 1 1-28 0 14 14 0 0 1 28 0z' },
  { d: 'M46 50l28 28M62 66l8-8M70 74l6-6' },
  { d: 'M38 40a2 2 0 1 1-4 0 2 2 0 0 1 4 0z', look: 'solid' },
);
export const PHONE = drawing(
  { d: 'M36 12h24a8 8 0 0 1 8 8v56a8 8 0 0 1-8 8H36a8 8 0 0 1-8-8V20a8 8 0 0 1 8-8z' },
  { d: 'M44 76h8', look: 'soft' },
  { d: 'M38 38v-5a3 3 0 0 1 3-3h4M51 30h4a3 3 0 0 1 3 3v5M58 50v5a3 3 0 0 1-3 3h-4M45 58h-4a3 3 0 0 1-3-3v-5' },
  { d: 'M36 44h24', look: 'soft' },
);
export const APART = drawing(
  { d: 'M14 80V34a4 4 0 0 1 4-4h16a4 4 0 0 1 4 4v46M22 42h8M22 54h8M22 66h8', look: 'soft' },
  { d: 'M58 80V26a4 4 0 0 1 4-4h16a4 4 0 0 1 4 4v54M66 36h8M66 48h8M66 60h8' },
  { d: 'M48 18v62', look: 'dash' },
  { d: 'M10 80h76' },
);
export const RING: Drawing = {
  size: 96,
  lines: [
    { d: 'M86 48a38 38 0 1 1-76 0 38 38 0 0 1 76 0z', look: 'soft' },
    { d: 'M48 10a38 38 0 0 1 38 38', look: 'turns' },
  ],
};

type Picture = { readonly drawing: Drawing; readonly tone: Tone };

/** The drawing of each reason that stops a visit, by family; the rest never draw one. */
export const PICTURES: Readonly<Partial<Record<Reason, Picture>>> = {
  trial_over: { drawing: TRIAL_OVER, tone: 'stop' },
  app_not_installed: { drawing: NOT_INSTALLED, tone: 'ink-2' },
  out_of_range: { drawing: OUT_OF_RANGE, tone: 'warn' },
  external_contact_needed: { drawing: CONTACT, tone: 'brand' },
  open_from_workbench: { drawing: WORKBENCH, tone: 'brand' },
  activation_off: { drawing: SWITCH_OFF, tone: 'warn' },
  activation_failed: { drawing: pass({ d: 'M69 58v9M69 73.5v.5' }), tone: 'warn' },
  codes_generating: { drawing: pass({ d: 'M62 66v.5M69 66v.5M76 66v.5' }), tone: 'brand' },
  seat_moved: { drawing: pass({ d: 'M62 66h13M70 60l6 6-6 6' }), tone: 'stop' },
  seat_expired: { drawing: pass({ d: 'M69 57v9l6 4' }), tone: 'stop' },
  codes_lapsed: { drawing: pass({ d: 'M64 61l10 10M74 61L64 71' }), tone: 'stop' },
  no_free_seat: { drawing: ALL_TAKEN, tone: 'stop' },
  facts_unavailable: { drawing: CLOUD, tone: 'warn' },
};

/** For a reason without a picture of its own. */
export const ANY_PICTURE: Picture = { drawing: CLOUD, tone: 'warn' };
