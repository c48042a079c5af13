type Props = { readonly id: string; readonly className: string; readonly svg: string; readonly label: string };

/** An SVG document of our own server, shown as an image: nothing in it can run. */
export function SvgDocument({ id, className, svg, label }: Props) {
  return <img id={id} className={className} alt={label} src={`data:image/svg+xml,${encodeURIComponent(svg)}`} />;
}
