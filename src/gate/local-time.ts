/**
 * "11-21 10:24" of a time on the wire. The server writes its business zone's own time with the offset, so the clock on
 * the wall is read off the text: no Date, no zone, the same on every device.
 */
export function shortTime(iso: string): string {
  return `${iso.slice(5, 10)} ${iso.slice(11, 16)}`;
}

/** The business day a time on the wire falls on, "2026-11-21". */
export function dayOf(iso: string): string {
  return iso.slice(0, 10);
}

/** The calendar day before "2026-11-21"; empty stays empty. */
export function dayBefore(day: string): string {
  const midnightMs = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(midnightMs) ? '' : new Date(midnightMs - 86_400_000).toISOString().slice(0, 10);
}
