import { View } from '@tarojs/components';
import type { RecordView } from '../../../server/http/contract/records';
import type { Words } from '../../i18n/words';
import { SvgDocument } from '../../platform/svg-document';

/** The record's QR code, to put up on site. */
export function RecordCode({ record, words }: { readonly record: RecordView; readonly words: Words['records'] }) {
  return (
    <View className="card code">
      <View className="card-title" role="heading" aria-level={2}>
        {words.qr}
      </View>
      <SvgDocument id="record-qr" className="qr" svg={record.qrSvg} label={words.qrLabel(record.title)} />
      <View className="small">{words.qrHint}</View>
    </View>
  );
}
