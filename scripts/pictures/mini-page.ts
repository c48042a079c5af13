import postcss from 'postcss';
import type { Markup } from '../../test/weapp-host/markup';
import { BUILT_IN_TAGS } from '../../test/weapp-host/tags';

/** What the client's base library gives its components, as far as these pages show it; close, not measured. */
const CLIENT_STYLE = `
  html, body { margin: 0; padding: 0; }
  page, wx-view, wx-scroll-view { display: block; }
  wx-text { display: inline; }
  wx-button { position: relative; display: block; margin-left: auto; margin-right: auto; padding: 0 14px;
    box-sizing: border-box; font-size: 18px; text-align: center; line-height: 2.55555556; border-radius: 5px;
    overflow: hidden; color: #000; background-color: #f8f8f8; }
  wx-button::after { content: ' '; width: 200%; height: 200%; position: absolute; top: 0; left: 0;
    border: 1px solid rgba(0, 0, 0, 0.2); transform: scale(0.5); transform-origin: 0 0; box-sizing: border-box;
    border-radius: 10px; }
  wx-image { display: inline-block; overflow: hidden; width: 320px; height: 240px; }
  wx-image > img { display: block; width: 100%; height: 100%; }
  wx-input { display: block; height: 1.4rem; overflow: hidden; }
  wx-textarea { display: block; width: 300px; height: 150px; }
  wx-input > input, wx-textarea > textarea { width: 100%; height: 100%; margin: 0; padding: 0; border: 0; resize: none;
    background: none; font: inherit; color: inherit; }`;

const SCREEN_RPX = 750;
const TAG = new RegExp(`(^|[\\s>+~,(])(${[...BUILT_IN_TAGS].join('|')})(?![\\w-])`, 'g');

/** WXSS as a browser reads it: built-in tags by the names they have in the host, `rpx` by the width of the screen. */
function toCss(wxss: string): string {
  const root = postcss.parse(wxss);
  root.walkRules((rule) => {
    rule.selector = rule.selector.replace(TAG, '$1wx-$2');
  });
  root.walkDecls((declaration) => {
    declaration.value = declaration.value.replace(
      /(-?\d*\.?\d+)rpx\b/g,
      (_, rpx: string) => `${(Number(rpx) * 100) / SCREEN_RPX}vw`,
    );
  });
  return root.toString();
}

/** The tree the mini-program drew and its own style sheet, as a page that a browser lays out. */
export function miniPage({ html, wxss }: Markup): string {
  return `<!doctype html><html lang="zh-CN"><meta name="viewport" content="width=device-width">
    <style>${CLIENT_STYLE}</style><style>${toCss(wxss)}</style><body>${html}</body></html>`;
}
