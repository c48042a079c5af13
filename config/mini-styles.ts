import postcss, { type AtRule, type Declaration, type Rule } from 'postcss';
import type { Compiler } from 'webpack';

/** What `*` stands for in a mini-program: its WXSS knows no universal selector, and these are the elements we use. */
const ELEMENTS = ['view', 'text', 'button', 'image', 'input', 'textarea'];

/** Selectors of a web page that no element of a mini-program can ever match; some of them its compiler refuses. */
const FOR_BROWSERS =
  /(?:^|[\s>])(?:html|body|a|summary|form)(?![\w-])|:root|::-webkit-details|::placeholder|#gate \+ #app|\[open\]/;

const ANY_ELEMENT = /(^|[\s>+~])\*/;
const REM = /(-?\d*\.?\d+)rem\b/g;

/** A rule with what a mini-program can match; one that matches nothing goes. */
function keepElements(rule: Rule): void {
  if (rule.parent?.type === 'atrule' && /keyframes$/.test((rule.parent as AtRule).name)) return;
  const kept = rule.selectors.filter((selector) => !FOR_BROWSERS.test(selector));
  if (kept.length === 0) return void rule.remove();
  rule.selectors = kept.flatMap((selector) =>
    ANY_ELEMENT.test(selector) ? ELEMENTS.map((name) => selector.replace(ANY_ELEMENT, `$1${name}`)) : [selector],
  );
}

/**
 * `1rem` is a twentieth of the screen in a mini-program. Here it follows `--rem`, which the page sets from the client's
 * text size; without it, it is what it is on H5.
 */
function followTextSize(declaration: Declaration): void {
  declaration.value = declaration.value.replace(REM, 'calc($1 * var(--rem, 16px))');
}

/** The web's stylesheet as WXSS. */
export function toWxss(css: string): string {
  const root = postcss.parse(css);
  root.walkRules(keepElements);
  root.walkDecls(followTextSize);
  root.walkAtRules('media', (rule) => {
    if (rule.nodes?.length === 0 || /scripting/.test(rule.params)) rule.remove();
  });
  return root.toString();
}

/** Turns every stylesheet of the mini-program's build into WXSS, after everything else has been done to it. */
export class MiniStyles {
  apply(compiler: Compiler): void {
    const { Compilation, sources } = compiler.webpack;
    compiler.hooks.thisCompilation.tap('MiniStyles', (compilation) => {
      compilation.hooks.processAssets.tap(
        { name: 'MiniStyles', stage: Compilation.PROCESS_ASSETS_STAGE_REPORT },
        (assets) => {
          for (const name of Object.keys(assets).filter((file) => file.endsWith('.wxss'))) {
            const css = assets[name]?.source().toString() ?? '';
            compilation.updateAsset(name, new sources.RawSource(toWxss(css)));
          }
        },
      );
    });
  }
}
