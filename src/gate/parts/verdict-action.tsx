import { View } from '@tarojs/components';
import type { ActionView } from '../../../server/http/contract/verdict';
import { wordsOf } from '../../i18n/words-of';
import { ActionControl } from '../../platform/action-control';
import { Disclosure } from '../../platform/disclosure';
import type { GateControls } from '../gate-controls';
import type { GateState } from '../gate-state';
import { StepList } from './step-list';

type Props = {
  readonly action: ActionView;
  readonly state: GateState;
  readonly controls: GateControls;
  readonly className: string;
  /** The sheet lies over a banner with the same action: its copy is marked, ids stay unique. */
  readonly place?: 'sheet';
};

/** How-to that unfolds where it stands: the way to the workbench, or what to tell whom. */
function HowTo({ action, state, className }: Props) {
  const { howTo, steps } = wordsOf(state.lang);
  const toWorkbench = action.id === 'show_steps';
  return (
    <Disclosure
      className="gate-howto"
      summaryId={`gate-action-${action.id}`}
      summaryClass={className}
      label={action.label}
    >
      <View className="gate-howto-body">
        {toWorkbench ? <StepList items={steps.list(state.appName)} /> : null}
        <View>{toWorkbench ? steps.reason : action.id === 'contact_sharer' ? howTo.contact_sharer : howTo.other}</View>
      </View>
    </Disclosure>
  );
}

/** One action of a verdict, as a form, a link or something that unfolds. */
export function VerdictAction(props: Props) {
  const { action, state, controls, className, place } = props;
  if (action.kind === 'steps') return <HowTo {...props} />;
  const linked = action.kind === 'link' && action.href !== null;
  return (
    <ActionControl
      id={place === 'sheet' ? `gate-sheet-${action.id}` : `gate-action-${action.id}`}
      label={action.label}
      className={className}
      target={
        linked ? { kind: 'link', href: action.href ?? '' } : { kind: 'post', action: `/gate/actions/${action.id}` }
      }
      returnTo={state.returnTo}
      busy={controls.busy === action.id}
      onPress={controls.press(action.id)}
    />
  );
}
