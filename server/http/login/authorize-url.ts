import type { Config } from '../../config';

/** What every way to WeCom's login carries. */
type LoginTarget = { readonly redirectUri: string; readonly state: string };
/** A custom app's corp is known before login; `agentId` makes WeCom activate whatever the entry (page 96441). */
type CorpForm = { readonly corpId: string; readonly agentId: string | null };

function agentParam(form: CorpForm | null): Record<string, string> {
  return form?.agentId ? { agentid: form.agentId } : {};
}

/**
 * OAuth inside the WeCom client: silent, gives identity only (pages 91120, 96441).
 * @param form null for a third-party app, which logs in under its suite id
 */
export function authorizeUrl(config: Config, form: CorpForm | null, target: LoginTarget): string {
  const query = new URLSearchParams({
    appid: form ? form.corpId : config.suite.id,
    redirect_uri: target.redirectUri,
    response_type: 'code',
    scope: 'snsapi_base',
    state: target.state,
    ...agentParam(form),
  });
  return `${config.origins.oauth}/connect/oauth2/authorize?${query}#wechat_redirect`;
}

/**
 * Scan login in a desktop browser (pages 98171, 98179, 98177).
 * @param form null for the provider's login authorisation; a corp for a custom app
 */
export function webLoginUrl(
  config: Config,
  form: CorpForm | null,
  target: LoginTarget & { readonly lang: 'zh-CN' | 'en' },
): string {
  const query = new URLSearchParams({
    login_type: form ? 'CorpApp' : 'ServiceApp',
    appid: form ? form.corpId : config.loginSuite.id,
    ...agentParam(form),
    redirect_uri: target.redirectUri,
    state: target.state,
    lang: target.lang === 'en' ? 'en' : 'zh',
  });
  return `${config.origins.login}/wwlogin/sso/login?${query}`;
}
