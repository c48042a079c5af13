import { View } from '@tarojs/components';
import { LineDrawing } from '../../platform/line-drawing';
import { STEP_APP, STEP_BACK, STEP_WORKBENCH } from '../../ui/icons';

/** The way to the workbench as three pictures: its tab, the app, and back. */
export function Steps({ labels }: { readonly labels: readonly [string, string, string] }) {
  const pictures = [STEP_WORKBENCH, STEP_APP, STEP_BACK];
  return (
    <View className="gate-steps" role="list">
      {labels.map((label, index) => (
        <View className="gate-step" role="listitem" key={label}>
          <LineDrawing drawing={pictures[index] ?? STEP_BACK} tone="brand" />
          <View>{label}</View>
        </View>
      ))}
    </View>
  );
}
