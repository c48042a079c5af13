import type { Entry } from '../../../domain/facts';
import type { Deps } from '../../deps';
import type { VisitView } from '../contract/visit';
import { safeReturnTo } from '../login/return-to';
import type { AppContext } from '../router';
import type { Session } from '../session';
import { openVisit } from './open-visit';
import { clientOf } from './screen-state';
import { describeVisit } from './visit-state';

/**
 * The visit a client that draws its pages itself makes by opening one of them.
 * @param opening.page the page's address; whatever is none of ours counts as the first page
 */
export async function viewVisit(
  deps: Deps,
  ctx: AppContext,
  session: Session,
  opening: { readonly page: unknown; readonly entry: Entry | null },
): Promise<VisitView> {
  const returnTo = safeReturnTo(opening.page);
  const { lang } = clientOf(ctx);
  const visit = await openVisit(deps, session, { page: returnTo, entry: opening.entry });
  return {
    ...(await describeVisit(deps, lang, visit)),
    screen: visit.isLost ? 'not_found' : 'verdict',
    lang,
    appName: deps.config.appName,
    returnTo,
    loginAgain: visit.loginAgain,
    graceMs: deps.config.staleGraceMs,
  };
}
