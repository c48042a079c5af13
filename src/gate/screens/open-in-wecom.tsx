import { useState } from 'react';
import { Button, View } from '@tarojs/components';
import type { Words } from '../../i18n/words';
import { wordsOf } from '../../i18n/words-of';
import { ActionControl } from '../../platform/action-control';
import { copyText } from '../../platform/clipboard';
import { currentAddress } from '../../platform/host';
import { PHONE } from '../drawings';
import type { GateState } from '../gate-state';
import { Frame } from '../parts/frame';
import { StepList } from '../parts/step-list';

type WaysIn = NonNullable<GateState['waysIn']>;
const NO_WAYS: WaysIn = { scanHref: null, visitHref: null, workbenchOnly: false };

function sentenceOf(state: GateState, ways: WaysIn, words: Words['open']): string {
  if (ways.workbenchOnly) return words.workbenchOnly;
  return state.client === 'wechat' ? words.wechat : words.browser;
}

function CopyLink({ words, className }: { readonly words: Words; readonly className: string }) {
  const [copied, setCopied] = useState(false);
  return (
    <Button
      id="gate-action-copy_link"
      className={`${className} gate-scripted`}
      onClick={() => void copyText(currentAddress()).then(setCopied)}
    >
      {copied ? words.copied : words.open.copyLink}
    </Button>
  );
}

/** Nobody is logged in and this is not WeCom: the ways in that exist here. */
export function OpenInWecom({ state }: { readonly state: GateState }) {
  const words = wordsOf(state.lang);
  const ways = state.waysIn ?? NO_WAYS;
  const link = (id: string, label: string, href: string, className: string) => (
    <ActionControl
      id={`gate-action-${id}`}
      {...{ label, className }}
      target={{ kind: 'link', href }}
      returnTo={state.returnTo}
      busy={false}
      onPress={undefined}
    />
  );
  return (
    <Frame
      id="gate-open"
      role={undefined}
      drawing={PHONE}
      tone="brand"
      title={words.open.title}
      sentence={sentenceOf(state, ways, words.open)}
    >
      <View className="gate-card">
        <StepList items={words.open.steps(state.appName)} />
      </View>
      <View className="gate-actions">
        {ways.scanHref === null ? null : link('scan', words.open.scan, ways.scanHref, 'gate-button')}
        {ways.workbenchOnly ? null : (
          <CopyLink words={words} className={ways.scanHref ? 'gate-quiet' : 'gate-button'} />
        )}
        {ways.visitHref === null ? null : link('visit', words.open.visit, ways.visitHref, 'gate-quiet')}
      </View>
      {ways.workbenchOnly ? null : <View className="gate-next">{words.open.paste}</View>}
    </Frame>
  );
}
