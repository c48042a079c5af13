import { Text, View } from '@tarojs/components';
import type { RecordListItem } from '../../../server/http/contract/records';
import type { Words } from '../../i18n/words';
import { LineDrawing } from '../../platform/line-drawing';
import { CHECK, CLOCK } from '../../ui/icons';

type Props = { readonly status: RecordListItem['status']; readonly words: Words['records'] };

/** State of a record: a colour, an icon and a word. */
export function StatusPill({ status, words }: Props) {
  const isOk = status === 'ok';
  return (
    <View className={`pill pill-${isOk ? 'ok' : 'warn'}`}>
      <LineDrawing drawing={isOk ? CHECK : CLOCK} tone={isOk ? 'ok' : 'warn'} />
      <Text>{isOk ? words.ok : words.todo}</Text>
    </View>
  );
}
