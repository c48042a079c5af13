import type { Language } from '../../../domain/words/messages';
import type { Deps } from '../../deps';
import { findRecentVisit, judgeVisit, visitOf } from '../../licences/gate';
import type { Judged } from '../../licences/judged';
import { VerdictQuery, VerdictView } from '../contract/verdict';
import { limit } from '../middleware/limit';
import { parseQuery, queryOf } from '../middleware/parse';
import { requireSameOrigin } from '../middleware/same-origin';
import { getSession, requireSession } from '../middleware/session';
import { answers } from '../openapi/route-note';
import { presentJudged } from '../present/verdict';
import type { AppContext, Router } from '../router';
import type { Session } from '../session';
import { createLanguageReader } from './language';

/** A person who asks for it may wait longer for WeCom than a page does. */
const REFRESH_DEADLINE_MS = 4000;

/** The verdict for this session, and asking WeCom again now. */
export function mountVerdict(router: Router, deps: Deps): void {
  const languageOf = createLanguageReader();

  /** A verdict given a moment ago is sent again as the text it was; nothing is awaited for it. */
  const sendVerdict = (ctx: AppContext): Promise<void> | void => {
    const session = getSession(ctx);
    const { capability } = queryOf(ctx, VerdictQuery);
    const language = languageOf(ctx);
    const recent = findRecentVisit(deps, visitOf(session, capability));
    if (recent === null)
      return judgeVisit(deps, session, { capability }).then((judged) =>
        send(ctx, JSON.stringify(present(deps, judged, language))),
      );
    let text = recent.presented.get(language);
    if (text === undefined) {
      text = JSON.stringify(present(deps, recent.judged, language));
      recent.presented.set(language, text);
    }
    send(ctx, text);
  };

  router.get(
    '/api/verdict',
    answers('The verdict for this session', VerdictView),
    requireSession,
    parseQuery(VerdictQuery),
    sendVerdict,
  );
  router.post(
    '/api/verdict/refresh',
    answers('Ask WeCom again now; limited per person', VerdictView, { errors: ['request.rate_limited'] }),
    requireSession,
    requireSameOrigin(deps.config),
    parseQuery(VerdictQuery),
    async (ctx) => {
      const session = getSession(ctx);
      await limit(ctx, 'refresh', personOf(session));
      const { capability } = queryOf(ctx, VerdictQuery);
      const judged = await judgeVisit(deps, session, { capability, force: true, deadlineMs: REFRESH_DEADLINE_MS });
      send(ctx, JSON.stringify(present(deps, judged, languageOf(ctx))));
    },
  );
}

function present(deps: Deps, judged: Judged, lang: Language): VerdictView {
  return presentJudged(judged, { lang, config: deps.config });
}

function send(ctx: AppContext, json: string): void {
  ctx.set('Content-Type', 'application/json; charset=utf-8');
  ctx.set('Cache-Control', 'private, no-store');
  ctx.body = json;
}

/** Whom a limit counts: the person, whichever of their sessions asks. */
export function personOf({ corpId, openId, userId }: Session): string {
  return corpId === null ? `outsider ${openId}` : `${corpId} ${userId}`;
}
