import { Image } from '@tarojs/components';
import { getSystemInfoSync } from '@tarojs/taro';
import { TOKENS } from '../ui/tokens';
import type { Drawing, Line, Tone } from '../ui/line';

type Props = { readonly drawing: Drawing; readonly tone: Tone };

function pathOf({ d, look }: Line, ink: string, ground: string): string {
  const looks = {
    soft: 'opacity=".35"',
    dash: 'stroke-dasharray="4 5"',
    solid: `fill="${ink}"`,
    cover: `fill="${ground}"`,
    turns: '',
  };
  return `<path d="${d}" ${look ? looks[look] : ''}/>`;
}

function svgOf({ size, lines }: Drawing, ink: string, ground: string): string {
  const pen = `fill="none" stroke="${ink}" stroke-width="${size / 40 + 0.5}" stroke-linecap="round" stroke-linejoin="round"`;
  const paths = lines.map((line) => pathOf(line, ink, ground)).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" ${pen}>${paths}</svg>`;
}

/** The same drawing as an image: a mini-program cannot draw SVG elements, and an image inherits no colour. */
export function LineDrawing({ drawing, tone }: Props) {
  const { [getSystemInfoSync().theme === 'dark' ? 'dark' : 'light']: colours } = TOKENS;
  const src = `data:image/svg+xml,${encodeURIComponent(svgOf(drawing, colours[tone], colours.page))}`;
  return <Image className={`gate-drawing gate-drawing-${drawing.size}`} src={src} />;
}
