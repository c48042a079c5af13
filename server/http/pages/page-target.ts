import type { Deps } from '../../deps';
import { findPublicRecord, findRecord } from '../../store/records';
import type { RecordsTable } from '../../store/schema';
import type { Session } from '../session';

/** The one thing a page is about; `lost` when it is not this visitor's to see, or not there: both look the same. */
export type PageTarget =
  { readonly kind: 'none' } | { readonly kind: 'lost' } | { readonly kind: 'found'; readonly record: RecordsTable };

/** The record behind a record page: a member's own corp's, or for an outsider one whose label is public. */
export async function findPageTarget(deps: Deps, session: Session, page: string): Promise<PageTarget> {
  const { pathname, searchParams } = new URL(page, deps.config.publicUrl);
  if (pathname !== '/record') return { kind: 'none' };
  const id = searchParams.get('id') ?? '';
  const { db } = deps.store;
  const record = session.corpId === null ? await findPublicRecord(db, id) : await findRecord(db, session.corpId, id);
  return record === null ? { kind: 'lost' } : { kind: 'found', record };
}

/**
 * What may be named before the gate has opened: only a label that is public anyway, so that a page held back carries
 * nothing of the feature behind it.
 */
export function publicTitle(target: PageTarget): string | null {
  return target.kind === 'found' && target.record.public_label === 1 ? target.record.title : null;
}
