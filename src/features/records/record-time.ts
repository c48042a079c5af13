import { dayBefore, dayOf } from '../../gate/local-time';
import type { Words } from '../../i18n/words';

/**
 * "今天 09:12", "昨天 17:40", "11-18 08:00", with the year when it is another one. Both times are read as the wall clock
 * they name; `nowIso` is the server's, so a device with a wrong date says the same.
 */
export function recordTime(iso: string, nowIso: string, words: Words['records']): string {
  const time = iso.slice(11, 16);
  const day = dayOf(iso);
  const today = dayOf(nowIso);
  if (day === today) return `${words.today} ${time}`;
  if (day === dayBefore(today)) return `${words.yesterday} ${time}`;
  return day.slice(0, 4) === today.slice(0, 4) ? `${day.slice(5)} ${time}` : day;
}
