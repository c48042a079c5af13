import { Text, View } from '@tarojs/components';
import type { VerdictView } from '../../../server/http/contract/verdict';
import { Disclosure } from '../../platform/disclosure';

/** 「为什么」: the facts the verdict rests on, in plain words with dates. */
export function Why({ label, rows }: { readonly label: string; readonly rows: VerdictView['why'] }) {
  if (rows.length === 0) return null;
  return (
    <Disclosure id="gate-why" className="gate-why" summaryClass="gate-why-title" label={label}>
      <View className="gate-why-rows">
        {rows.map((row) => (
          <View className="gate-why-row" key={row.label}>
            <Text>{row.label}</Text>
            <Text className="gate-why-value">{row.value}</Text>
          </View>
        ))}
      </View>
    </Disclosure>
  );
}
