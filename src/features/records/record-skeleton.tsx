import { View } from '@tarojs/components';
import { SkeletonBlock } from '../../ui/skeleton';

/** One record on its way: also what the server draws under the banner. */
export function RecordSkeleton() {
  return (
    <>
      <View className="page-head skeleton" aria-hidden="true">
        <View className="row-text">
          <View className="bone bone-title" />
          <View className="bone bone-small" />
        </View>
        <View className="bone bone-pill" />
      </View>
      <SkeletonBlock />
      <SkeletonBlock tall />
    </>
  );
}
