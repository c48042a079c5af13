import { compile } from 'sass';
import { TEXT_PAIRS, TOKENS, type Scheme } from '../../src/ui/tokens';

/** Relative luminance of #RRGGBB (WCAG 2). */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const SCHEMES = Object.keys(TOKENS) as Scheme[];

test('black on white measures 21, and grey on grey fails', () => {
  expect(contrast('#000000', '#FFFFFF')).toBeCloseTo(21);
  expect(contrast('#999999', '#AAAAAA')).toBeLessThan(4.5);
});

test.each(SCHEMES.flatMap((scheme) => TEXT_PAIRS.map(([text, ground]) => [scheme, text, ground] as const)))(
  '%s: %s on %s can be read',
  (scheme, text, ground) => {
    expect(contrast(TOKENS[scheme][text], TOKENS[scheme][ground])).toBeGreaterThanOrEqual(4.5);
  },
);

test('the stylesheet declares exactly these colours', () => {
  const { css } = compile('src/ui/tokens.scss', { style: 'compressed' });
  const blocks = { light: css.slice(0, css.indexOf('@media')), dark: css.slice(css.indexOf('@media')) };
  for (const scheme of SCHEMES) {
    for (const [name, value] of Object.entries(TOKENS[scheme])) {
      const declared = new RegExp(`--${name}: ?(#[0-9a-f]{3,8})`, 'i').exec(blocks[scheme])?.[1]?.toLowerCase() ?? '';
      const long = declared.length === 4 ? declared.replace(/[0-9a-f]/g, '$&$&') : declared;
      expect([name, long]).toEqual([name, value.toLowerCase()]);
    }
  }
});
