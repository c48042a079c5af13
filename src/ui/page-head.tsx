import type { ReactNode } from 'react';
import { Text, View } from '@tarojs/components';

type Props = { readonly title: string; readonly note?: string; readonly children?: ReactNode };

/** A page's own title, one line about it, and at most one action. */
export function PageHead({ title, note, children }: Props) {
  return (
    <View className="page-head">
      <View className="page-head-text">
        <View className="page-title" role="heading" aria-level={1}>
          {title}
        </View>
        {note ? <Text className="page-note">{note}</Text> : null}
      </View>
      {children}
    </View>
  );
}
