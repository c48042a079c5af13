import type { ReactNode } from 'react';

/** A web page has the browser around it. */
export function Surroundings({ children }: { readonly children: ReactNode }) {
  return <>{children}</>;
}
