import { View } from '@tarojs/components';
import type { ActionView } from '../../../server/http/contract/verdict';
import { wordsOf } from '../../i18n/words-of';
import type { GateControls } from '../gate-controls';
import type { GateState } from '../gate-state';
import { AskedNote } from './asked-note';
import { VerdictAction } from './verdict-action';

type Props = { readonly state: GateState; readonly controls: GateControls; readonly offersRecheck: boolean };

function isRequest(action: ActionView): boolean {
  return action.id.startsWith('request_');
}

/** What can still be done: an open request needs no second one, and looking again is always possible on a block. */
function openActions({ state, offersRecheck }: Omit<Props, 'controls'>): readonly ActionView[] {
  const actions = (state.verdict?.actions ?? []).filter((action) => state.request === null || !isRequest(action));
  if (!offersRecheck || actions.some((action) => action.id === 'recheck')) return actions;
  return [...actions, { id: 'recheck', label: wordsOf(state.lang).recheck, kind: 'post', href: null }];
}

/** A verdict's actions: the first one is the main one, unless it has been done. */
export function Actions({ state, controls, offersRecheck }: Props) {
  const actions = openActions({ state, offersRecheck });
  const mainDone = state.request !== null && state.verdict?.actions.some(isRequest);
  return (
    <View className="gate-actions">
      {mainDone && state.request ? <AskedNote request={state.request} lang={state.lang} /> : null}
      {actions.map((action, index) => (
        <VerdictAction
          key={action.id}
          action={action}
          state={state}
          controls={controls}
          className={index === 0 && !mainDone ? 'gate-button' : 'gate-quiet'}
        />
      ))}
      {controls.problem === null ? null : (
        <View id="gate-problem" className="gate-problem" role="status">
          {controls.problem}
        </View>
      )}
    </View>
  );
}
