import type { MouseEvent, ReactNode } from 'react';

type Props = { readonly className: string; readonly href: string; readonly children: ReactNode };

/** Goes to a part of this page. The address stays: the router would take a new one for a new page. */
export function AnchorLink({ className, href, children }: Props) {
  const go = (event: MouseEvent): void => {
    event.preventDefault();
    const target = document.querySelector<HTMLElement>(href);
    target?.scrollIntoView({ block: 'start' });
    target?.querySelector<HTMLElement>('button, a, input')?.focus({ preventScroll: true });
  };
  return (
    <a className={className} href={href} onClick={go}>
      {children}
    </a>
  );
}

/** Goes to the part of the page that its address names, once that part is drawn. */
export function goToAnchor(): void {
  if (location.hash.length > 1) document.getElementById(location.hash.slice(1))?.scrollIntoView({ block: 'start' });
}
