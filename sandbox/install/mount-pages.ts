import type { Context } from 'koa';
import { readForm } from '../http/body';
import { escapeHtml, hiddenFields, pageOf } from '../http/html';
import type { Router } from '../http/router';
import { showRefusal } from '../http/refusal-page';
import { WireError } from '../http/wire-error';
import { findCorp, findSuite } from '../state/find';
import { requireAllowedUrl, requireState } from '../login/rules';
import type { Suite } from '../state/types';
import type { World } from '../world';
import { AUTH_CODE_LIFE_MS, authorise } from './authorise';
import { requirePreAuthCode } from './pre-auth-code';

/** Installing from the provider's own link (credentials.md, page 90597) and from a custom-app template's QR code. */
export function mountInstallPages(router: Router, world: World): void {
  router.get('/3rdapp/install', (ctx) =>
    showRefusal(ctx, () => {
      const { suite } = requireLink(world, ctx.URL.searchParams);
      showConsent(ctx, world, suite, '/3rdapp/install/confirm', ['suite_id', 'pre_auth_code', 'redirect_uri', 'state']);
    }),
  );

  router.post('/3rdapp/install/confirm', async (ctx) => {
    const form = await readForm(ctx.req);
    showRefusal(ctx, () => {
      const { suite, redirect } = requireLink(world, form);
      const state = form.get('state') ?? '';
      const authCode = authorise(world, requireCorp(world, form), suite, state === '' ? null : state);
      const used = form.get('pre_auth_code');
      world.state.preAuthCodes = world.state.preAuthCodes.filter((one) => one.code !== used);
      redirect.searchParams.set('auth_code', authCode.code);
      redirect.searchParams.set('expires_in', String(AUTH_CODE_LIFE_MS / 1000));
      if (state !== '') redirect.searchParams.set('state', state);
      ctx.redirect(redirect.href);
    });
  });

  router.get('/3rdapp/customized', (ctx) =>
    showRefusal(ctx, () =>
      showConsent(ctx, world, requireSuite(world, ctx.URL.searchParams), '/3rdapp/customized/confirm', [
        'suite_id',
        'state',
      ]),
    ),
  );

  router.post('/3rdapp/customized/confirm', async (ctx) => {
    const form = await readForm(ctx.req);
    showRefusal(ctx, () => {
      authorise(world, requireCorp(world, form), requireSuite(world, form), form.get('state') || null);
      ctx.type = 'html';
      ctx.body = pageOf('已授权', '<h1>已授权</h1><p>服务商会收到授权通知，随后上线应用。</p>');
    });
  });
}

function requireLink(world: World, query: URLSearchParams): { suite: Suite; redirect: URL } {
  const suite = requireSuite(world, query);
  requirePreAuthCode(world, suite.suiteId, query.get('pre_auth_code') ?? '');
  requireState(query.get('state') ?? '');
  return { suite, redirect: requireAllowedUrl(suite.installDomains, query.get('redirect_uri') ?? '') };
}

function requireSuite(world: World, query: URLSearchParams): Suite {
  const suite = findSuite(world, query.get('suite_id') ?? '');
  if (!suite) throw new WireError(40083);
  return suite;
}

function requireCorp(world: World, form: URLSearchParams) {
  const corp = findCorp(world, form.get('corp_id') ?? '');
  if (!corp) throw new WireError(40013);
  world.state.installingCorpId = null;
  return corp;
}

function showConsent(ctx: Context, world: World, suite: Suite, action: string, carried: readonly string[]): void {
  const query = ctx.URL.searchParams;
  const fields = Object.fromEntries(carried.map((name) => [name, query.get(name) ?? '']));
  const options = world.state.corps.map((corp) => {
    const chosen = corp.corpId === world.state.installingCorpId ? ' selected' : '';
    return `<option value="${escapeHtml(corp.corpId)}"${chosen}>${escapeHtml(corp.name)}</option>`;
  });
  ctx.type = 'html';
  ctx.body = pageOf(
    '安装应用',
    `<h1>安装「${escapeHtml(suite.appName)}」</h1><p>应用将获得：成员的身份、应用消息、客户联系。</p>
<form method="post" action="${action}">${hiddenFields(fields)}
<label>以哪个企业的管理员身份<select name="corp_id" id="install-corp">${options.join('')}</select></label>
<button class="main" id="install-agree">同意以上授权并安装</button></form>`,
  );
}
