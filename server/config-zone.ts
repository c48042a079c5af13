/** Months looked at: long enough that a zone with summer time, or one about to change, shows it. */
const FROM_YEAR = 2020;
const TO_YEAR = 2040;

/**
 * A zone's distance from UTC in minutes (Asia/Shanghai: 480), or null when the zone is unknown or its distance changes:
 * the rules count business days by one fixed offset.
 */
export function fixedUtcOffsetMinutes(zone: string): number | null {
  const readOffset = offsetReader(zone);
  if (readOffset === null) return null;
  const offsets = new Set<number>();
  for (let month = 0; month < (TO_YEAR - FROM_YEAR) * 12; month++) {
    offsets.add(readOffset(Date.UTC(FROM_YEAR, month, 1)));
  }
  const [only, ...others] = offsets;
  return only === undefined || others.length > 0 ? null : only;
}

function offsetReader(zone: string): ((atMs: number) => number) | null {
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
    return (atMs) => parseOffset(format.format(atMs));
  } catch (error) {
    // RangeError is how Intl says that it does not know the zone.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** `1/1/2026, GMT+08:00` → 480; `GMT` alone is UTC. */
function parseOffset(text: string): number {
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(text) ?? [];
  const distance = Number(hours ?? 0) * 60 + Number(minutes ?? 0);
  return sign === '-' ? -distance : distance;
}
