import { Image } from '@tarojs/components';

type Props = { readonly id: string; readonly className: string; readonly svg: string; readonly label: string };

/** An SVG document of our own server, shown as an image. */
export function SvgDocument({ id, className, svg, label }: Props) {
  return (
    <Image id={id} className={className} aria-label={label} src={`data:image/svg+xml,${encodeURIComponent(svg)}`} />
  );
}
