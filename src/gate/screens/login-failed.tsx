import { View } from '@tarojs/components';
import { wordsOf } from '../../i18n/words-of';
import { ActionControl } from '../../platform/action-control';
import { KEY } from '../drawings';
import type { GateState } from '../gate-state';
import { Frame } from '../parts/frame';
import { ReasonCode } from '../parts/reason-code';

type Props = { readonly state: GateState; readonly failure: NonNullable<GateState['failure']> };

/** A login that ended without a session: what happened and the way to try again. */
export function LoginFailed({ state, failure }: Props) {
  const words = wordsOf(state.lang);
  return (
    <Frame id="gate-failed" role="alert" drawing={KEY} tone="warn" title={failure.title} sentence={failure.sentence}>
      <View className="gate-actions">
        <ActionControl
          id="gate-action-retry_login"
          label={words.retry}
          className="gate-button"
          target={{ kind: 'link', href: failure.retryHref }}
          returnTo={state.returnTo}
          busy={false}
          onPress={undefined}
        />
      </View>
      <ReasonCode code={failure.code} time={null} words={words} />
    </Frame>
  );
}
