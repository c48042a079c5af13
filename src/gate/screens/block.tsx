import type { VerdictView } from '../../../server/http/contract/verdict';
import { wordsOf } from '../../i18n/words-of';
import { ANY_PICTURE, PICTURES } from '../drawings';
import type { GateControls } from '../gate-controls';
import type { GateState } from '../gate-state';
import { shortTime } from '../local-time';
import { Actions } from '../parts/actions';
import { Frame } from '../parts/frame';
import { ReasonCode } from '../parts/reason-code';
import { Steps } from '../parts/steps';
import { Why } from '../parts/why';

type Props = { readonly state: GateState; readonly verdict: VerdictView; readonly controls: GateControls };

/** A visit that is stopped: what, why in one sentence, what to do, and the facts behind it. */
export function Block({ state, verdict, controls }: Props) {
  const words = wordsOf(state.lang);
  const picture = PICTURES[verdict.reason] ?? ANY_PICTURE;
  const { steps } = words;
  return (
    <Frame id="gate-block" role="alert" {...picture} title={verdict.title} sentence={verdict.sentence}>
      {verdict.reason === 'open_from_workbench' ? (
        <Steps labels={[steps.workbench, steps.app(state.appName), steps.done]} />
      ) : null}
      <Actions state={state} controls={controls} offersRecheck />
      <Why label={words.why} rows={verdict.why} />
      <ReasonCode code={verdict.reason} time={shortTime(verdict.checkedAt)} words={words} />
    </Frame>
  );
}
