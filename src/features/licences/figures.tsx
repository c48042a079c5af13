import { View } from '@tarojs/components';
import type { AdminLicences } from '../../../server/http/contract/admin';
import { UsageBar } from '../../ui/charts';
import type { LicenceWords } from './licence-words';

type Props = { readonly data: AdminLicences; readonly words: LicenceWords };

/** The four numbers, first thing on the page, and how they fill what was bought. */
export function Figures({ data, words }: Props) {
  const figures = [
    { id: 'bought', label: words.bought, value: data.bought, tone: '', dot: '' },
    { id: 'in-use', label: words.inUse, value: data.inUse, tone: '', dot: 'dot-used' },
    { id: 'free', label: words.free, value: data.free, tone: data.free > 0 ? 'figure-ok' : '', dot: '' },
    {
      id: 'waiting',
      label: words.waiting,
      value: data.waiting,
      tone: data.waiting > 0 ? 'figure-warn' : '',
      dot: data.waiting > 0 ? 'dot-waiting' : '',
    },
  ];
  return (
    <View className="card">
      <View className="figures">
        {figures.map(({ id, label, value, tone, dot }) => (
          <View className="figure" key={id}>
            <View id={`figure-${id}`} className={`figure-value ${tone}`}>
              {value}
            </View>
            <View className={`small ${dot}`.trimEnd()}>{label}</View>
          </View>
        ))}
      </View>
      <UsageBar
        used={data.inUse}
        waiting={data.waiting}
        total={data.bought}
        label={words.usage(data.inUse, data.bought)}
      />
      <View className="small">{data.complete ? words.seat : words.partial}</View>
    </View>
  );
}
