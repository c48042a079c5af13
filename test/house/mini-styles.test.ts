import postcss from 'postcss';
import { compile } from 'sass';
import { toWxss } from '../../config/mini-styles';

test('a size in rem follows the text size, and is what H5 has without one', () => {
  expect(toWxss('.a{font-size:1.0625rem;margin:-.5rem 4px}')).toBe(
    '.a{font-size:calc(1.0625 * var(--rem, 16px));margin:calc(-.5 * var(--rem, 16px)) 4px}',
  );
});

test('the universal selector becomes the elements there are', () => {
  const wxss = toWxss('*,*::before{box-sizing:border-box}.a{color:red}');
  expect(wxss).toMatch(/^view,text,button,.*view::before,/);
  expect(wxss).not.toContain('*');
  expect(wxss).toContain('.a{color:red}');
  expect(toWxss('.a>*{flex:1}')).toMatch(/^\.a>view,\.a>text,\.a>button,/);
});

test('what only a browser has goes, and what stands beside it in one rule stays', () => {
  expect(toWxss('body,page{margin:0}html:lang(en) body{color:red}summary{color:red}:root,page{--a:1}')).toBe(
    'page{margin:0}page{--a:1}',
  );
  expect(toWxss('@media (prefers-color-scheme:dark){:root:not([data-scheme]),page{--a:2}}')).toBe(
    '@media (prefers-color-scheme:dark){page{--a:2}}',
  );
  expect(toWxss('@media (scripting:none){.a{color:red}}@media (min-width:1px){a{color:red}}')).toBe('');
});

test('steps of an animation are no selectors', () => {
  const steps = '@keyframes a{from{opacity:0}to{opacity:1}}';
  expect(toWxss(steps)).toBe(steps);
});

test('nothing that WXSS refuses is left of our own stylesheets', () => {
  for (const file of ['src/gate/gate.scss', 'src/app.scss', 'src/platform/mini/mini.scss']) {
    const selectors: string[] = [];
    const values: string[] = [];
    const wxss = postcss.parse(toWxss(compile(file).css));
    wxss.walkRules((rule) => void selectors.push(...rule.selectors));
    wxss.walkDecls(({ value }) => void values.push(value));
    expect(selectors.length).toBeGreaterThan(5);
    expect(selectors.filter((selector) => /[*]|:root|^(?:html|body|summary|a)(?![\w-])/.test(selector))).toEqual([]);
    expect(values.filter((value) => /\drem\b/.test(value))).toEqual([]);
  }
});
