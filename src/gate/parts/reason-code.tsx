import { useState } from 'react';
import { Button, Text, View } from '@tarojs/components';
import type { Words } from '../../i18n/words';
import { copyText } from '../../platform/clipboard';

type Props = { readonly code: string; readonly time: string | null; readonly words: Words };

/** Small print for whoever helps: what and when, and one press copies it. */
export function ReasonCode({ code, time, words }: Props) {
  const [copied, setCopied] = useState(false);
  const text = [code, time].filter(Boolean).join(' · ');
  const copy = (): void => void copyText(text).then(setCopied);
  return (
    <View id="gate-code" className="gate-code">
      <Text selectable>
        {code}
        {time === null ? null : <Text className="gate-code-time"> · {time}</Text>}
      </Text>
      <Button className="gate-copy" onClick={copy}>
        <Text aria-live="polite">{copied ? words.copied : words.copy}</Text>
      </Button>
    </View>
  );
}
