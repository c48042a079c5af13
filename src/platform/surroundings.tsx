import { useState, type CSSProperties, type ReactNode } from 'react';
import { View } from '@tarojs/components';
import { useDidShow, useShareAppMessage } from '@tarojs/taro';
import { useGate, useGateModel } from '../gate/gate-context';
import { useNetwork } from './mini/network';
import { createPageMemory } from './mini/page-shown';
import { currentRem } from './mini/text-size';
import { miniWordsOf } from './mini/words';
import { currentShare } from './share';

const showPage = createPageMemory();

/** What a mini-program's page has around it and a web page has from its browser: text size, network, the share menu. */
export function Surroundings({ children }: { readonly children: ReactNode }) {
  const { store } = useGate();
  const { lang, appName } = useGateModel().state;
  const [rem, setRem] = useState(currentRem);
  const network = useNetwork();
  useDidShow(() => {
    setRem(currentRem());
    showPage(store);
  });
  useShareAppMessage(() => currentShare(appName));
  const words = miniWordsOf(lang);
  return (
    <View className="gate-surroundings" style={{ '--rem': `${rem}px` } as CSSProperties}>
      {network === 'fine' ? null : (
        <View id="gate-network" className="gate-network">
          {network === 'offline' ? words.offline : words.slow}
        </View>
      )}
      {children}
    </View>
  );
}
