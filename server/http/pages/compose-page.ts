import type { GateState } from '../../../src/gate/gate-state';
import type { GatePages } from './gate-pages';
import { escapeHtml, escapeJson } from './escape-html';

/** While an activation runs and no script can poll, the page asks again by itself. */
const WAIT_REFRESH_SECONDS = 2;

function titleOf(state: GateState): string {
  const speaks = state.verdict?.outcome === 'block' || state.verdict?.outcome === 'wait';
  const own = state.failure?.title ?? (speaks ? state.verdict?.title : null);
  return own ? `${own} · ${state.appName}` : state.appName;
}

/**
 * The address is named: a page that came from login has `#wechat_redirect` on it until a script takes it off, and browsers
 * take a refresh of such an address for a jump within the page.
 */
function refreshWithoutScripts({ returnTo, screen, verdict }: GateState): string {
  if (screen !== 'verdict' || verdict?.outcome !== 'wait') return '';
  const content = `${WAIT_REFRESH_SECONDS};url=${returnTo}`;
  return `<noscript><meta http-equiv="refresh" content="${escapeHtml(content)}"></noscript>`;
}

function stylesheet(href: string): string {
  return `<link rel="stylesheet" href="${escapeHtml(href)}">`;
}

function script(src: string, nonce: string): string {
  return `<script defer nonce="${nonce}" src="${escapeHtml(src)}"></script>`;
}

/**
 * The whole HTML of a visit: the gate's screen as real markup with its CSS inline, the same state as JSON for the app,
 * then the app. Nothing before `#gate` waits for the network, so the verdict is in the first paint.
 *
 * @param nonce base64 or base62, fresh for this response; the response's CSP names it
 */
export function composePage(state: GateState, pages: GatePages, nonce: string): string {
  return [
    '<!doctype html>',
    `<html lang="${state.lang}" data-scheme="${state.scheme}">`,
    '<head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover">',
    '<meta name="format-detection" content="telephone=no">',
    // Empty on purpose: without it browsers ask for /favicon.ico.
    '<link rel="icon" href="data:,">',
    `<title>${escapeHtml(titleOf(state))}</title>`,
    refreshWithoutScripts(state),
    `<style nonce="${nonce}">${pages.css}</style></head>`,
    `<body><div id="gate">${pages.render(state)}</div><div id="app"></div>`,
    `<script type="application/json" id="gate-state" nonce="${nonce}">${escapeJson(state)}</script>`,
    ...pages.styles.map(stylesheet),
    ...pages.scripts.map((src) => script(src, nonce)),
    '</body></html>',
  ].join('\n');
}
