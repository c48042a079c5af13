/** One action as every platform draws it. */
export type ActionControlProps = {
  /** Element id, `gate-action-…`. */
  readonly id: string;
  readonly label: string;
  readonly className: string;
  readonly target:
    { readonly kind: 'link'; readonly href: string } | { readonly kind: 'post'; readonly action: string };
  readonly returnTo: string;
  readonly busy: boolean;
  /** What a press does where scripts run; without it the form is sent. */
  readonly onPress: (() => void) | undefined;
};
