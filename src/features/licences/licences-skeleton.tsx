import { PageHead } from '../../ui/page-head';
import { SkeletonBlock, SkeletonRows } from '../../ui/skeleton';

/** The licence page on its way: also what the server draws. */
export function LicencesSkeleton({ title }: { readonly title: string }) {
  return (
    <>
      <PageHead title={title} />
      <SkeletonBlock tall />
      <SkeletonRows rows={3} />
    </>
  );
}
