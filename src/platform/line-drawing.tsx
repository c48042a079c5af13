import { Image } from '@tarojs/components';
import { TOKENS } from '../ui/tokens';
import type { Drawing, Line, Tone } from '../ui/line';
import { useScheme } from './mini/theme';

type Props = { readonly drawing: Drawing; readonly tone: Tone };

function pathOf({ d, look }: Line, ink: string, ground: string): string {
  const looks = {
    soft: 'opacity=".38"',
    dash: 'stroke-dasharray="3 5"',
    solid: `fill="${ink}" stroke="none"`,
    cover: `fill="${ground}"`,
    turns: '',
  };
  return `<path d="${d}" ${look ? looks[look] : ''}/>`;
}

function svgOf({ size, lines }: Drawing, ink: string, ground: string): string {
  const width = { 96: 2.5, 44: 1.8, 20: 1.7 }[size];
  const pen = `fill="none" stroke="${ink}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"`;
  const paths = lines.map((line) => pathOf(line, ink, ground)).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" ${pen}>${paths}</svg>`;
}

/** The same drawing as an image: a mini-program cannot draw SVG elements, and an image inherits no colour. */
export function LineDrawing({ drawing, tone }: Props) {
  const colours = TOKENS[useScheme()];
  const src = `data:image/svg+xml,${encodeURIComponent(svgOf(drawing, colours[tone], colours.page))}`;
  const turns = drawing.lines.some(({ look }) => look === 'turns') ? ' gate-line-turns' : '';
  return <Image className={`gate-drawing gate-drawing-${drawing.size}${turns}`} src={src} />;
}
