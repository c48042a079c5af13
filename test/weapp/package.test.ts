import { readFileSync } from 'node:fs';

/** What the build leaves in dist/weapp, as WeChat's tools read it. */
const read = (file: string): string => readFileSync(`dist/weapp/${file}`, 'utf8');
const json = (file: string): Record<string, unknown> => JSON.parse(read(file)) as Record<string, unknown>;

test('administrators’ pages travel in a package of their own, the first page in everybody’s', () => {
  expect(json('app.json')).toMatchObject({
    pages: ['pages/records/index', 'pages/record/index'],
    subPackages: [{ root: 'pages/admin', pages: ['index'] }],
  });
});

test('every window colour that follows dark mode has both of its colours', () => {
  const { darkmode, themeLocation, window } = json('app.json') as {
    darkmode: boolean;
    themeLocation: string;
    window: Record<string, string>;
  };
  const named = Object.values(window).filter((value) => value.startsWith('@'));
  expect([darkmode, named.length]).toEqual([true, 4]);
  const { light, dark } = json(themeLocation) as Record<'light' | 'dark', Record<string, string>>;
  for (const name of named) expect([light[name.slice(1)], dark[name.slice(1)]]).not.toContain(undefined);
});

test('a build that was not asked for names carries nothing of the contact plugin', () => {
  expect(json('app.json')).not.toHaveProperty('plugins');
  expect(read('base.wxml') + JSON.stringify(json('pages/admin/index.json'))).not.toContain('ww-open-data');
});

test('the stylesheet holds nothing that WXSS refuses or reads differently', () => {
  const wxss = read('app.wxss');
  expect(wxss).toContain('prefers-color-scheme');
  expect(wxss).not.toMatch(/[,{}>]\s*\*\s*[,{:>]|\d+rem\b|:root/);
});
