import { CAPABILITIES, type Capability, type Entry } from '../../../domain/facts';
import type { Deps } from '../../deps';
import { judgeVisit } from '../../licences/gate';
import { isGranted, type Judged } from '../../licences/judged';
import { unlessStoreDown } from '../../store/faults';
import { setEntry, type Session } from '../session';
import { findPageTarget, type PageTarget } from './page-target';
import { needsNewLogin } from './reopened';

/** A page that somebody opened: its verdict, what it is about, and what follows from both. */
export type OpenedVisit = {
  /** As it is after this opening. */
  readonly session: Session;
  readonly judged: Judged;
  readonly target: PageTarget;
  /** WeCom has to be told of the opening by a new login. */
  readonly loginAgain: boolean;
  /** Let in, but what the page is about is not this visitor's to see. */
  readonly isLost: boolean;
};

/** The page asked for, as `safeReturnTo` gives it, and what its address says it was opened from. */
type Opening = { readonly page: string; readonly entry: Entry | null };

/** `from` in the address says where this visit came from, also within a session that began elsewhere. */
async function followEntry(deps: Deps, session: Session, entry: Entry | null): Promise<Session> {
  if (entry === null || entry === session.entry) return session;
  // Without the store this page is judged by its entry all the same; only later ones do not know of it.
  await unlessStoreDown(setEntry(deps, session, entry), () => undefined);
  return { ...session, entry };
}

/** A page that needs customer contact says so in its address; everything else needs the base account. */
function capabilityOf(page: string): Capability {
  const asked = new URLSearchParams(page.split('?', 2)[1] ?? '').get('capability');
  return CAPABILITIES.find((known) => known === asked) ?? 'base';
}

/** Judges the visit a page makes within a session, whichever client draws it. */
export async function openVisit(deps: Deps, before: Session, { page, entry }: Opening): Promise<OpenedVisit> {
  const session = await followEntry(deps, before, entry);
  const [judged, target] = await Promise.all([
    judgeVisit(deps, session, { capability: capabilityOf(page) }),
    // Without the store a page opens without a name; the feature behind it answers for itself.
    unlessStoreDown<PageTarget>(findPageTarget(deps, session, page), () => ({ kind: 'none' })),
  ]);
  const { verdict, atMs } = judged;
  const loginAgain = needsNewLogin({ session: before, entry, verdict, nowMs: atMs });
  return { session, judged, target, loginAgain, isLost: isGranted(verdict) && target.kind === 'lost' };
}
