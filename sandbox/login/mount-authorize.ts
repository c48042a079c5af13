import type { Context } from 'koa';
import { readForm } from '../http/body';
import { showRefusal } from '../http/refusal-page';
import type { Router } from '../http/router';
import { WireError } from '../http/wire-error';
import { memberOpens } from '../licence/opening';
import { findCorp, findInstall, findMember, findSuite } from '../state/find';
import type { Phone } from '../state/types';
import { newId, type World } from '../world';
import { requireAuthorizeRequest, requireWebLoginRequest, type LoginRequest } from './authorize-request';
import { mintLoginCode } from './login-code';
import { showOpenInWecom, showPersonChooser, showUnlicensed } from './pages';
import { findPhoneOf, personOf, type Person } from './people';
import { startsInApp } from './phones';

/** OAuth in the client and scan login in a desktop browser (login.md sections 1 to 4). */
export function mountAuthorize(router: Router, world: World): void {
  router.get('/connect/oauth2/authorize', (ctx) =>
    showRefusal(ctx, () => {
      const request = requireAuthorizeRequest(world, ctx.URL.searchParams);
      const phone = findPhoneOf(world, ctx);
      if (!phone) return showPersonChooser(ctx, world, '这是谁的手机？', `/connect/oauth2/authorize${ctx.search}`);
      if (phone.client === 'browser') return showOpenInWecom(ctx);
      const person = personOf(world, phone);
      answer(ctx, world, request, person, startedInApp(request, phone) || namesAgent(request, person));
    }),
  );
  router.post('/connect/oauth2/authorize', async (ctx) => {
    const form = await readForm(ctx.req);
    showRefusal(ctx, () => {
      const person = choosePerson(world, form);
      const request = requireAuthorizeRequest(world, ctx.URL.searchParams);
      answer(ctx, world, request, person, namesAgent(request, person));
    });
  });

  router.get('/wwlogin/sso/login', (ctx) =>
    showRefusal(ctx, () => {
      requireWebLoginRequest(world, ctx.URL.searchParams);
      const phone = findPhoneOf(world, ctx);
      const first = phone && personOf(world, phone);
      showPersonChooser(ctx, world, '企业微信扫码登录', `/wwlogin/sso/login${ctx.search}`, first);
    }),
  );
  router.post('/wwlogin/sso/login', async (ctx) => {
    const form = await readForm(ctx.req);
    showRefusal(ctx, () => {
      const request = requireWebLoginRequest(world, ctx.URL.searchParams);
      sendBack(ctx, world, request, choosePerson(world, form));
    });
  });

  router.get('/wwopen/unlicensed', (ctx) => {
    showUnlicensed(ctx, findSuite(world, ctx.URL.searchParams.get('suite_id') ?? '')?.appName ?? '');
  });
}

/** The page that stands between OAuth and the app, or the way back with a code. */
function answer(ctx: Context, world: World, request: LoginRequest, person: Person, activates: boolean): void {
  const { suite, forCorp } = request;
  const atHome = forCorp === null || forCorp === person.corp;
  if (person.corp && person.member && atHome) {
    const install = findInstall(person.corp, suite.suiteId);
    const shown =
      install && memberOpens(world, { corp: person.corp, member: person.member, suite, install, activates });
    if (shown === 'platform_page') return showUnlicensed(ctx, suite.appName);
  }
  sendBack(ctx, world, request, person);
}

function sendBack(ctx: Context, world: World, request: LoginRequest, person: Person): void {
  const code = mintLoginCode(world, person, {
    form: request.forCorp === null ? 'suite' : 'corp',
    suiteId: request.suite.suiteId,
    forCorpId: request.forCorp?.corpId ?? null,
    privateInfo: request.privateInfo,
  });
  request.redirect.searchParams.set('code', code.code);
  request.redirect.searchParams.set('state', request.state);
  ctx.redirect(request.redirect.href);
}

/** Page 96441: OAuth started from the workbench or the app's conversation (its cards lie there) activates … */
function startedInApp(request: LoginRequest, phone: Phone): boolean {
  return phone.lastOpen?.suiteId === request.suite.suiteId && startsInApp(phone.lastOpen.entry);
}

/** … and so does one that names the app by agentid, wherever it started. */
function namesAgent(request: LoginRequest, person: Person): boolean {
  const install = person.corp && findInstall(person.corp, request.suite.suiteId);
  return request.agentId !== null && install?.agentId === request.agentId;
}

function choosePerson(world: World, form: URLSearchParams): Person {
  const chosen = form.get('person') ?? '';
  if (chosen === 'outsider') return { openId: newId('oSandbox', 8), corp: null, member: null };
  const [corpId = '', userId = ''] = chosen.split('/');
  const corp = findCorp(world, corpId);
  const member = corp && findMember(corp, userId);
  if (!corp || !member || member.left) throw new WireError(40003);
  return { openId: `oSandbox${userId}`, corp, member };
}
