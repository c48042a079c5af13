import type { ReactNode } from 'react';
import { Text, View } from '@tarojs/components';

type Props = {
  readonly id?: string;
  readonly title: string;
  readonly note?: string;
  readonly children: ReactNode;
  readonly className?: string;
};

/** One card of the licence page; its id is the target of links from verdicts. */
export function Section({ id, title, note, children, className = '' }: Props) {
  return (
    <View id={id} className={`card section ${className}`}>
      <View className="section-head">
        <View className="card-title" role="heading" aria-level={2}>
          {title}
        </View>
        {note ? <Text className="small">{note}</Text> : null}
      </View>
      {children}
    </View>
  );
}
