import { useState } from 'react';
import { Button, View } from '@tarojs/components';
import type { AdminLicences } from '../../../server/http/contract/admin';
import { useFault } from '../../api/use-fault';
import { setAutoActivation } from './licences-api';
import { dateText } from './licence-dates';
import type { LicenceWords } from './licence-words';
import { Section } from './section';

type Props = {
  readonly data: AdminLicences;
  readonly nowIso: string;
  readonly lang: 'zh-CN' | 'en';
  readonly words: LicenceWords;
  readonly say: (text: string) => void;
  readonly changed: () => void;
};

function trialText({ data: { trial }, nowIso, lang, words }: Props): string {
  if (trial === null) return words.trialNone;
  const date = dateText(trial.endsAt, nowIso, lang);
  return trial.running ? words.trialRunning(date, trial.daysLeft) : words.trialOver(date);
}

function checkText({ data: { checking, checkFrom }, nowIso, lang, words }: Props): string {
  if (checkFrom !== null) return dateText(checkFrom, nowIso, lang);
  return checking ? words.checkOn : words.checkOff;
}

function AutoSwitch({ data, words, say, changed }: Props) {
  const [busy, setBusy] = useState(false);
  const tell = useFault();
  const turn = (): void => {
    setBusy(true);
    setAutoActivation(!data.autoActivation)
      .then(changed, (error: unknown) => say(tell(error) ?? ''))
      .finally(() => setBusy(false));
  };
  return (
    <View id="auto" className="row">
      <View className="row-text">
        <View className="row-title">{words.auto}</View>
        <View className="row-note">{words.autoHint}</View>
      </View>
      <Button
        id="auto-activation"
        className={`switch ${data.autoActivation ? 'switch-on' : ''}`}
        role="switch"
        aria-checked={data.autoActivation}
        aria-label={words.auto}
        loading={busy}
        onClick={turn}
      />
    </View>
  );
}

/** Trial, check and auto-activation. */
export function Dates(props: Props) {
  const { words } = props;
  return (
    <Section title={words.dates}>
      <View className="fact">
        <View className="fact-name">{words.trial}</View>
        <View id="trial-date">{trialText(props)}</View>
      </View>
      <View className="fact">
        <View className="fact-name">{words.check}</View>
        <View id="check-date">{checkText(props)}</View>
      </View>
      <AutoSwitch {...props} />
    </Section>
  );
}
