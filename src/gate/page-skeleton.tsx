import { LicencesSkeleton } from '../features/licences/licences-skeleton';
import { licenceWordsOf } from '../features/licences/licence-words';
import { RecordSkeleton } from '../features/records/record-skeleton';
import { RecordsSkeleton } from '../features/records/records-skeleton';
import type { GateState } from './gate-state';

/** What stands under a banner until the app has its content: the page's own skeleton, by its address. */
export function PageSkeleton({ state }: { readonly state: GateState }) {
  const path = state.returnTo.split(/[?#]/)[0];
  if (path === '/admin') return <LicencesSkeleton title={licenceWordsOf(state.lang).title} />;
  if (path === '/record') return <RecordSkeleton />;
  return <RecordsSkeleton appName={state.appName} />;
}
