import { View } from '@tarojs/components';
import { wordsOf } from '../../i18n/words-of';
import { ActionControl } from '../../platform/action-control';
import { APART } from '../drawings';
import type { GateState } from '../gate-state';
import { Frame } from '../parts/frame';
import { ReasonCode } from '../parts/reason-code';

/** Another corp's record, or none: a clear refusal that shows nothing of it. */
export function NotFound({ state }: { readonly state: GateState }) {
  const words = wordsOf(state.lang);
  return (
    <Frame
      id="gate-not-found"
      role="alert"
      drawing={APART}
      tone="ink-2"
      title={words.notFound.title}
      sentence={words.notFound.sentence}
    >
      <View className="gate-actions">
        <ActionControl
          id="gate-action-home"
          label={words.notFound.home}
          className="gate-button"
          target={{ kind: 'link', href: '/records' }}
          returnTo="/records"
          busy={false}
          onPress={undefined}
        />
      </View>
      <ReasonCode code="request.not_found" time={null} words={words} />
    </Frame>
  );
}
