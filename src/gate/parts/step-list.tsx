import { Text, View } from '@tarojs/components';

/** A short numbered list. */
export function StepList({ items }: { readonly items: readonly string[] }) {
  return (
    <View className="gate-list" role="list">
      {items.map((item, index) => (
        <View className="gate-list-item" role="listitem" key={item}>
          <Text className="gate-list-number">{index + 1}</Text>
          <View>{item}</View>
        </View>
      ))}
    </View>
  );
}
