import { View } from '@tarojs/components';
import type { AdminLicences } from '../../../server/http/contract/admin';
import { MonthBars } from '../../ui/charts';
import { nextMonths } from './licence-dates';
import type { LicenceWords } from './licence-words';
import { Section } from './section';

type Props = { readonly data: AdminLicences; readonly nowIso: string; readonly words: LicenceWords };

/** What ends when, a bar per month. */
export function Endings({ data, nowIso, words }: Props) {
  const bars = nextMonths(data.endsByMonth, nowIso);
  const ending = bars.filter(({ seats }) => seats > 0);
  const said = ending.map(({ month, seats }) => words.monthSeats(Number(month.slice(5)), seats)).join(', ');
  return (
    <Section id="endings" title={words.endings} note={words.months}>
      {ending.length === 0 ? (
        <View className="small">{words.noEndings}</View>
      ) : (
        <MonthBars bars={bars} soon={1} label={`${words.endings}: ${said}`} />
      )}
    </Section>
  );
}
