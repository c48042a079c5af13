import { Text, View } from '@tarojs/components';
import type { RecordListItem } from '../../../server/http/contract/records';
import type { Words } from '../../i18n/words';
import { OwnLink } from '../../platform/own-link';
import { useServerNow } from '../../gate/use-server-now';
import { recordTime } from './record-time';
import { StatusPill } from './status-pill';

type Props = { readonly record: RecordListItem; readonly words: Words['records'] };

/** One record in the list; opens it. */
export function RecordRow({ record, words }: Props) {
  const now = useServerNow();
  return (
    <View role="listitem" className="row-item">
      <OwnLink id={`record-${record.id}`} className="row row-link" href={`/record?id=${encodeURIComponent(record.id)}`}>
        <View className="row-text">
          <View className="row-title">{record.title}</View>
          <Text className="row-note">
            {[record.place, recordTime(record.checkedAt, now, words)].filter(Boolean).join(' · ')}
          </Text>
        </View>
        <StatusPill status={record.status} words={words} />
      </OwnLink>
    </View>
  );
}
