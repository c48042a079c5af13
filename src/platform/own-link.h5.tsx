import type { MouseEvent, ReactNode } from 'react';
import { openPath } from './navigate';

type Props = { readonly id?: string; readonly className: string; readonly href: string; readonly children: ReactNode };

/** A link to one of our pages: a real address, opened inside the app on a plain press. */
export function OwnLink({ href, ...rest }: Props) {
  const open = (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    openPath(href);
  };
  return <a href={href} onClick={open} {...rest} />;
}
