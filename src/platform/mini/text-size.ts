import { getSystemInfoSync } from '@tarojs/taro';

/** What 1rem of the design is. */
const PLAIN_PX = 16;
/** The client's own settings that count as plain: 16 by its tool, 17 on phones. */
const PLAIN_SETTINGS = { least: 16, most: 17 };
const LEAST_PX = 15;
const MOST_PX = 24;

/** Pixels of 1rem for the client's text-size setting (`fontSizeSetting`), within what the pages are drawn for. */
export function remOf(setting: number | undefined): number {
  if (setting === undefined || !(setting > 0)) return PLAIN_PX;
  if (setting >= PLAIN_SETTINGS.least && setting <= PLAIN_SETTINGS.most) return PLAIN_PX;
  const scaled = (setting / PLAIN_SETTINGS.most) * PLAIN_PX;
  return Math.round(Math.min(MOST_PX, Math.max(LEAST_PX, scaled)));
}

/** Pixels of 1rem on this device now. */
export function currentRem(): number {
  return remOf(getSystemInfoSync().fontSizeSetting);
}
