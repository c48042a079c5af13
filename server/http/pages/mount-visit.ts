import type { Deps } from '../../deps';
import { VisitQuery, VisitView } from '../contract/visit';
import { entryOf } from '../login/login-way';
import { parseQuery, queryOf } from '../middleware/parse';
import { getSession, requireSession } from '../middleware/session';
import { answers } from '../openapi/route-note';
import type { Router } from '../router';
import { viewVisit } from './visit-view';

/** What a page shows, for a client whose pages come in a package: the mini-program. */
export function mountVisit(router: Router, deps: Deps): void {
  router.get(
    '/api/visit',
    answers('What a page of the app shows for this session', VisitView),
    requireSession,
    parseQuery(VisitQuery),
    async (ctx) => {
      ctx.set('Cache-Control', 'private, no-store');
      const { page } = queryOf(ctx, VisitQuery);
      const claimed = entryOf(undefined, page);
      const entry = claimed === 'unknown' ? null : claimed;
      ctx.body = await viewVisit(deps, ctx, getSession(ctx), { page, entry });
    },
  );
}
