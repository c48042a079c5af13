import { Button, Text, View } from '@tarojs/components';
import type { VerdictView } from '../../../server/http/contract/verdict';
import { wordsOf } from '../../i18n/words-of';
import { LineDrawing } from '../../platform/line-drawing';
import { CLOCK, CLOUD_OFF, CROSS, WARNING } from '../../ui/icons';
import type { GateControls } from '../gate-controls';
import type { GateState } from '../gate-state';
import { AskedNote } from '../parts/asked-note';
import { VerdictAction } from '../parts/verdict-action';

type Props = { readonly state: GateState; readonly verdict: VerdictView; readonly controls: GateControls };

function iconOf(verdict: VerdictView) {
  if (verdict.reason === 'stale_facts') return CLOUD_OFF;
  return verdict.outcome === 'warn' ? WARNING : CLOCK;
}

/** A notice above the page: what, until when, at most one action, and a close that lasts the day. */
export function Banner({ state, verdict, controls }: Props) {
  const words = wordsOf(state.lang);
  const tone = verdict.outcome === 'warn' ? 'warn' : 'brand';
  const [action] = verdict.actions;
  return (
    <View id="gate-banner" role="status" className={`gate-banner gate-banner-${tone}`}>
      <LineDrawing drawing={iconOf(verdict)} tone={tone} />
      <View className="gate-banner-text">
        <View>
          <Text id="gate-title" className="gate-banner-title">
            {verdict.title}
          </Text>
          <Text id="gate-sentence">{verdict.sentence}</Text>
        </View>
        {state.request === null && action ? (
          <VerdictAction action={action} state={state} controls={controls} className="gate-link" />
        ) : null}
        {state.request === null ? null : <AskedNote request={state.request} lang={state.lang} />}
        {controls.problem === null ? null : <View className="gate-problem">{controls.problem}</View>}
      </View>
      {verdict.bannerCloses ? (
        <Button className="gate-close gate-scripted" aria-label={words.close} onClick={controls.closeBanner}>
          <LineDrawing drawing={CROSS} tone={tone} />
        </Button>
      ) : null}
    </View>
  );
}
