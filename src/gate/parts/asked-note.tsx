import { Text, View } from '@tarojs/components';
import { wordsOf } from '../../i18n/words-of';
import { LineDrawing } from '../../platform/line-drawing';
import { CHECK } from '../../ui/icons';
import type { GateState } from '../gate-state';
import { shortTime } from '../local-time';

type Props = { readonly request: NonNullable<GateState['request']>; readonly lang: GateState['lang'] };

/** What has become of the member's request: who was told, and when. */
export function AskedNote({ request, lang }: Props) {
  return (
    <View id="gate-asked" className="gate-asked" role="status">
      <LineDrawing drawing={CHECK} tone="ok" />
      <Text>{wordsOf(lang).asked(request.adminsAsked, shortTime(request.askedAt))}</Text>
    </View>
  );
}
