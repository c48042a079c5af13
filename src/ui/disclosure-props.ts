import type { ReactNode } from 'react';

/** Something that unfolds, as every platform draws it. */
export type DisclosureProps = {
  readonly id?: string;
  readonly className: string;
  readonly summaryId?: string;
  readonly summaryClass: string;
  readonly label: string;
  readonly children: ReactNode;
};
