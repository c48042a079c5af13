import type { ReactNode } from 'react';
import { View } from '@tarojs/components';
import { LineDrawing } from '../platform/line-drawing';
import type { Drawing, Tone } from './line';

type Props = {
  readonly drawing: Drawing;
  readonly tone?: Tone;
  readonly title: string;
  readonly sentence?: string;
  readonly children?: ReactNode;
};

/** In place of content: nothing there yet, or it did not come, and what to do. */
export function NoticeBlock({ drawing, tone = 'ink-2', title, sentence, children }: Props) {
  return (
    <View className="notice" role="status">
      <LineDrawing drawing={drawing} tone={tone} />
      <View className="notice-title">{title}</View>
      {sentence ? <View className="notice-text">{sentence}</View> : null}
      {children}
    </View>
  );
}
