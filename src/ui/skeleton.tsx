import { View } from '@tarojs/components';

/** Rows of a list that is on its way, as high as the real ones. */
export function SkeletonRows({ rows }: { readonly rows: number }) {
  return (
    <View className="card skeleton" aria-hidden="true">
      {Array.from({ length: rows }, (_, row) => (
        <View className="row" key={row}>
          <View className="row-text">
            <View className={`bone bone-${row % 3}`} />
            <View className="bone bone-small" />
          </View>
          <View className="bone bone-pill" />
        </View>
      ))}
    </View>
  );
}

/** A block that is on its way. */
export function SkeletonBlock({ tall = false }: { readonly tall?: boolean }) {
  return (
    <View className={`card skeleton ${tall ? 'skeleton-tall' : ''}`} aria-hidden="true">
      <View className="bone bone-0" />
      <View className="bone bone-1" />
      <View className="bone bone-small" />
    </View>
  );
}
