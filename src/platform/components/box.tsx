import { forwardRef } from 'react';
import type { HTMLAttributes } from 'react';

type Props = HTMLAttributes<HTMLElement> & { hoverClass?: string; selectable?: boolean; userSelect?: boolean };

/** Props that only the mini-program knows stay out of the DOM. */
function domProps({ hoverClass: _hover, selectable: _selectable, userSelect: _select, ...rest }: Props) {
  return rest;
}

/** `View` on H5: a `<div>`, or the landmark its role names. */
export const View = forwardRef<HTMLDivElement, Props>(function View(props, ref) {
  const { role, ...rest } = domProps(props);
  if (role === 'main') return <main ref={ref} {...rest} />;
  return <div ref={ref} role={role} {...rest} />;
});

/** `Text` on H5: a `<span>`. */
export const Text = forwardRef<HTMLSpanElement, Props>(function Text(props, ref) {
  return <span ref={ref} {...domProps(props)} />;
});
