import { PageHead } from '../../ui/page-head';
import { SkeletonRows } from '../../ui/skeleton';

/** The list on its way: also what the server draws under the banner. */
export function RecordsSkeleton({ appName }: { readonly appName: string }) {
  return (
    <>
      <PageHead title={appName} />
      <SkeletonRows rows={3} />
    </>
  );
}
