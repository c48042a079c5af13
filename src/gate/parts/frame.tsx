import type { ReactNode } from 'react';
import { View } from '@tarojs/components';
import { LineDrawing } from '../../platform/line-drawing';
import type { Drawing, Tone } from '../../ui/line';

type Props = {
  readonly id: string;
  readonly role: 'alert' | 'status' | undefined;
  readonly drawing: Drawing;
  readonly tone: Tone;
  readonly title: string;
  readonly sentence: string;
  readonly children?: ReactNode;
};

/** What every full screen of the gate has: a drawing, what it is, and why in one sentence. */
export function Frame({ id, role, drawing, tone, title, sentence, children }: Props) {
  return (
    <View role="main" className="gate">
      <View id={id} role={role} className="gate-screen">
        <LineDrawing drawing={drawing} tone={tone} />
        <View id="gate-title" className="gate-title" role="heading" aria-level={1}>
          {title}
        </View>
        <View id="gate-sentence" className="gate-sentence">
          {sentence}
        </View>
        {children}
      </View>
    </View>
  );
}
