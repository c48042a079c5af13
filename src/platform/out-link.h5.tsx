import type { ReactNode } from 'react';

type Props = { readonly className: string; readonly href: string; readonly children: ReactNode };

/** A link to somebody else's page. */
export function OutLink({ className, href, children }: Props) {
  return (
    <a className={className} href={href} rel="noreferrer">
      {children}
    </a>
  );
}
