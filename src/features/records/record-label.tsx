import { View } from '@tarojs/components';
import type { RecordLabel as Label } from '../../../server/http/contract/records';
import type { Words } from '../../i18n/words';
import { PageHead } from '../../ui/page-head';
import { useServerNow } from '../../gate/use-server-now';
import { recordTime } from './record-time';
import { StatusPill } from './status-pill';

/** What a visitor who is no member may see: the label on the thing itself. */
export function RecordLabel({ label, words }: { readonly label: Label; readonly words: Words['records'] }) {
  const now = useServerNow();
  return (
    <View id="record-label">
      <PageHead title={label.title} note={label.place}>
        <StatusPill status={label.status} words={words} />
      </PageHead>
      <View className="card">
        <View className="fact">
          <View className="fact-name">{words.checkedAt}</View>
          <View>{recordTime(label.checkedAt, now, words)}</View>
        </View>
        <View className="small">{words.outsider}</View>
      </View>
    </View>
  );
}
