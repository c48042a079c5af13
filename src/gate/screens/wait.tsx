import { View } from '@tarojs/components';
import type { VerdictView } from '../../../server/http/contract/verdict';
import { wordsOf } from '../../i18n/words-of';
import { RING } from '../drawings';
import type { GateState } from '../gate-state';
import { Frame } from '../parts/frame';

type Props = { readonly state: GateState; readonly verdict: VerdictView };

/** Activation is running; the screen goes on by itself. */
export function Wait({ state, verdict }: Props) {
  const words = wordsOf(state.lang);
  return (
    <Frame id="gate-wait" role="status" drawing={RING} tone="brand" title={verdict.title} sentence={verdict.sentence}>
      <View className="gate-next">
        {state.targetTitle === null ? words.opensPage : words.opensAfter(state.targetTitle)}
      </View>
    </Frame>
  );
}
