import { holidays, workdays } from 'chinese-days/dist/chinese-days.json';
import { DAY_MS } from '../../domain/calendar';

/**
 * Whether people in mainland China work on a day (counted from 1970-01-01): weekends and public holidays are off, days
 * made up for are not. The State Council names a year's holidays late in the year before; years nobody has named yet know
 * weekends only. Only the data of the package is used: its functions read days in the zone of the process.
 */
export function isWorkday(day: number): boolean {
  const at = new Date(day * DAY_MS);
  const name = at.toISOString().slice(0, 10);
  if (Object.hasOwn(workdays, name)) return true;
  if (Object.hasOwn(holidays, name)) return false;
  return at.getUTCDay() !== 0 && at.getUTCDay() !== 6;
}
