import type { ButtonHTMLAttributes } from 'react';

type Props = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'type'> & {
  /** Mini-program names for what HTML calls `type`. */
  formType?: 'submit' | 'reset';
  openType?: string;
  hoverClass?: string;
  loading?: boolean;
};

/** `Button` on H5: a real `<button>`. A busy one stays focusable and says so. */
export function Button({ formType, openType: _open, hoverClass: _hover, loading = false, onClick, ...rest }: Props) {
  return (
    <button
      type={formType ?? 'button'}
      aria-busy={loading || undefined}
      onClick={loading ? undefined : onClick}
      {...rest}
    />
  );
}
