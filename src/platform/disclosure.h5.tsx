import type { DisclosureProps } from '../ui/disclosure-props';

/** Unfolds on a press, with `<details>`: no script needed. */
export function Disclosure({ id, className, summaryId, summaryClass, label, children }: DisclosureProps) {
  return (
    <details id={id} className={className}>
      <summary id={summaryId} className={summaryClass}>
        {label}
      </summary>
      {children}
    </details>
  );
}
