import type { Context } from 'koa';
import { escapeHtml, pageOf } from './html';
import { WireError } from './wire-error';

/** Runs a page; a refusal becomes WeCom's error page. The errcode is in a header too, for tests and the curious. */
export function showRefusal(ctx: Context, page: () => void): void {
  try {
    page();
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    ctx.status = 400;
    ctx.type = 'html';
    ctx.set('x-sandbox-errcode', String(error.errcode));
    ctx.body = pageOf('出错了', `<h1>出错了</h1><p>${escapeHtml(error.message)}</p><p>errcode ${error.errcode}</p>`);
  }
}
