import type { Deps } from '../../deps';
import { escapeHtml } from '../pages/escape-html';
import { clientOf } from '../pages/screen-state';
import type { AppContext } from '../router';
import { INSTALL_WORDS, type InstallResult } from './install-words';

const NONCE_LENGTH = 22;

const STATUS: Readonly<Record<InstallResult, number>> = {
  installed: 200,
  removed: 409,
  state: 400,
  code_used: 409,
  no_ticket: 503,
  unavailable: 503,
};

const CSS = `
:root{color-scheme:light dark;--page:#f4f6f9;--card:#fff;--ink:#14181f;--ink2:#586171;--brand:#1a66e0;--on:#fff}
@media (prefers-color-scheme:dark){:root{--page:#0f1216;--card:#181c22;--ink:#e9ecf1;--ink2:#a4aebd;--brand:#6aa5ff;--on:#0f1216}}
body{margin:0;padding:48px 16px;background:var(--page);color:var(--ink);
font:1.0625rem/1.53 system-ui,"PingFang SC","HarmonyOS Sans SC","MiSans","Noto Sans CJK SC","Microsoft YaHei",sans-serif}
main{max-width:480px;margin:0 auto;padding:24px;border-radius:12px;background:var(--card)}
h1{margin:0 0 8px;font-size:1.375rem;line-height:1.36}
p{margin:0 0 24px}
a{display:inline-block;padding:10px 24px;border-radius:8px;background:var(--brand);color:var(--on);text-decoration:none}
small{display:block;margin-top:24px;font-size:.8125rem;color:var(--ink2)}`;

/**
 * Tells the administrator how an installation ended. A page of its own, without scripts: it has to work before any front
 * end is built and for a person who has no session.
 */
export function sendInstallResult(deps: Deps, ctx: AppContext, result: InstallResult): void {
  const { lang } = clientOf(ctx);
  const { action, href, sentence, title } = INSTALL_WORDS[result][lang];
  const nonce = deps.ids.token(NONCE_LENGTH);
  ctx.status = STATUS[result];
  ctx.type = 'text/html; charset=utf-8';
  ctx.set({
    'Cache-Control': 'no-store',
    'Content-Security-Policy': `default-src 'none'; style-src 'nonce-${nonce}'; base-uri 'none'; frame-ancestors 'none'`,
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    Vary: 'User-Agent, Accept-Language',
  });
  ctx.body = [
    '<!doctype html>',
    `<html lang="${lang}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    `<title>${escapeHtml(`${title} · ${deps.config.appName}`)}</title>`,
    `<style nonce="${nonce}">${CSS}</style></head>`,
    `<body><main id="install-result"><h1>${escapeHtml(title)}</h1><p>${escapeHtml(sentence)}</p>`,
    `<a href="${escapeHtml(href)}">${escapeHtml(action)}</a>`,
    `<small>install.${result}</small></main></body></html>`,
  ].join('\n');
}
