import { useEffect } from 'react';
import { Button, View } from '@tarojs/components';
import type { VerdictView } from '../../../server/http/contract/verdict';
import { wordsOf } from '../../i18n/words-of';
import { holdFocus } from '../../platform/modal';
import type { GateControls } from '../gate-controls';
import type { GateState } from '../gate-state';
import { AskedNote } from '../parts/asked-note';
import { VerdictAction } from '../parts/verdict-action';

type Props = {
  readonly state: GateState;
  readonly verdict: VerdictView;
  readonly controls: GateControls;
  readonly close: () => void;
};

/** The seven-day sheet: once a day, the date, what stops and for whom, one action. */
export function Sheet({ state, verdict, controls, close }: Props) {
  const words = wordsOf(state.lang);
  const [action] = verdict.actions;
  useEffect(() => holdFocus('gate-sheet', close), [close]);
  return (
    <View className="gate-layer">
      <View className="gate-shade" onClick={close} />
      <View
        id="gate-sheet"
        className="gate-sheet"
        role="dialog"
        aria-modal="true"
        aria-labelledby="gate-sheet-title"
        tabIndex={-1}
      >
        {verdict.daysLeft === null ? null : <View className="gate-big">{words.daysLeft(verdict.daysLeft)}</View>}
        <View id="gate-sheet-title" className="gate-title" role="heading" aria-level={2}>
          {verdict.title}
        </View>
        <View className="gate-sheet-text">{verdict.sentence}</View>
        <View className="gate-sheet-text">{words.sheetNote}</View>
        <View className="gate-actions">
          {state.request === null && action ? (
            <VerdictAction action={action} state={state} controls={controls} place="sheet" className="gate-button" />
          ) : null}
          {state.request === null ? null : <AskedNote request={state.request} lang={state.lang} />}
          <Button id="gate-sheet-close" className="gate-quiet" onClick={close}>
            {words.gotIt}
          </Button>
        </View>
      </View>
    </View>
  );
}
