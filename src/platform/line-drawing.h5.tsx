import type { Drawing, Tone } from '../ui/line';

type Props = { readonly drawing: Drawing; readonly tone: Tone };

/** A line drawing in the colour of its tone; decoration, so hidden from readers. */
export function LineDrawing({ drawing: { size, lines }, tone }: Props) {
  return (
    <svg
      className={`gate-drawing gate-drawing-${size} gate-tone-${tone}`}
      viewBox={`0 0 ${size} ${size}`}
      aria-hidden="true"
    >
      {lines.map(({ d, look }) => (
        <path key={d} d={d} className={look && `gate-line-${look}`} />
      ))}
    </svg>
  );
}
