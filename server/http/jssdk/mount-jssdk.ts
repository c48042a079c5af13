import { openCorp } from '../../corps/open-corp';
import type { Deps } from '../../deps';
import { AppError } from '../../errors';
import type { CorpRef } from '../../wecom/client';
import { SignatureQuery, SignatureResponse } from '../contract/jssdk';
import { parseQuery, queryOf } from '../middleware/parse';
import { getMember, requireMember } from '../middleware/session';
import { answers } from '../openapi/route-note';
import type { Router } from '../router';
import { isOwnAddress, signUrl, type UrlSignature } from './sign-url';

const NONCE_LENGTH = 16;

async function signFor(deps: Deps, corp: CorpRef, scope: 'corp' | 'agent', url: string): Promise<UrlSignature> {
  const ticket = await deps.wecom.getJsTicket(corp, scope);
  return signUrl(ticket, url, deps.ids.token(NONCE_LENGTH), Math.floor(deps.clock.now() / 1000));
}

/** Both signatures `ww.register` asks for, for one page of ours and one corp that has the app installed. */
async function signPage(deps: Deps, corpId: string, url: string): Promise<SignatureResponse> {
  if (!isOwnAddress(url, deps.config.publicUrl)) {
    throw new AppError('request.invalid', { publicDetails: { url: 'not a page of this app' } });
  }
  const corp = await openCorp(deps, corpId);
  if (corp === null) throw new AppError('access.blocked', { publicDetails: { reason: 'app_not_installed' } });
  const [config, agentConfig] = await Promise.all([
    signFor(deps, corp, 'corp', url),
    signFor(deps, corp, 'agent', url),
  ]);
  return { corpId, agentId: corp.agentId, config, agentConfig };
}

/** JS-SDK signatures for the session's own corp and our own pages, nothing else. */
export function mountJsSdk(router: Router, deps: Deps): void {
  router.get(
    '/api/jssdk/signature',
    answers('Signatures for the JS-SDK on one page', SignatureResponse, {
      errors: ['request.invalid', 'access.blocked', 'wecom.refused', 'wecom.timeout'],
    }),
    requireMember,
    parseQuery(SignatureQuery),
    async (ctx) => {
      ctx.set('Cache-Control', 'no-store');
      ctx.body = await signPage(deps, getMember(ctx).corpId, queryOf(ctx, SignatureQuery).url);
    },
  );
}
