import type { Deps } from '../../deps';
import type { ErrorCode } from '../../errors';
import { escapeHtml } from '../pages/escape-html';
import { pageOf, screenState } from '../pages/screen-state';
import { sendPage } from '../pages/send-page';
import type { AppContext } from '../router';

type Fault = { readonly code: ErrorCode; readonly message: string; readonly lang: 'zh-CN' | 'en' };
type PageDeps = Pick<Deps, 'config' | 'ids' | 'log' | 'pages'>;

const WORDS = {
  'zh-CN': { title: '暂时打不开', home: '回到首页', id: '请求编号' },
  en: { title: 'This cannot be opened now', home: 'Back to the start', id: 'Request id' },
} as const;

const STYLE =
  'body{margin:0;min-height:100vh;display:flex;align-items:center;justify-content:center;' +
  'font:16px/1.6 -apple-system,BlinkMacSystemFont,"PingFang SC","Microsoft YaHei",sans-serif;' +
  'background:Canvas;color:CanvasText}main{max-width:420px;padding:24px}h1{font-size:20px}small{opacity:.7}';

/** A fault as a page: the front end's own screen, or a plain one when that is not built or is itself what failed. */
export async function sendFaultPage(deps: Deps, ctx: AppContext, fault: Fault): Promise<void> {
  if (deps.pages === null) return sendPlainPage(deps, ctx, fault);
  try {
    await sendPage(deps, ctx, faultScreen(deps, ctx, fault), ctx.status);
  } catch (error) {
    deps.log.error({ err: error, requestId: ctx.state.requestId }, 'the fault screen could not be drawn');
    sendPlainPage(deps, ctx, fault);
  }
}

function faultScreen(deps: PageDeps, ctx: AppContext, { code, lang, message }: Fault) {
  if (code === 'request.not_found') return screenState(deps, ctx, 'not_found');
  const failure = { code, title: WORDS[lang].title, sentence: message, retryHref: pageOf(ctx) };
  return screenState(deps, ctx, 'login_failed', { failure });
}

function sendPlainPage(deps: PageDeps, ctx: AppContext, fault: Fault): void {
  const words = WORDS[fault.lang];
  const nonce = deps.ids.token(22);
  ctx.remove('Content-Encoding');
  ctx.type = 'text/html; charset=utf-8';
  ctx.set('Content-Security-Policy', `default-src 'none'; style-src 'nonce-${nonce}'; frame-ancestors 'none'`);
  ctx.body = [
    `<!doctype html><html lang="${fault.lang}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark">',
    `<title>${escapeHtml(deps.config.appName)}</title><style nonce="${nonce}">${STYLE}</style></head><body>`,
    `<main role="alert"><h1>${words.title}</h1><p>${escapeHtml(fault.message)}</p>`,
    `<p><a href="/">${words.home}</a></p>`,
    `<p><small>${fault.code} · ${words.id} ${escapeHtml(ctx.state.requestId)}</small></p></main></body></html>`,
  ].join('');
}
