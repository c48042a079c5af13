import type { ActionControlProps } from '../gate/action-control-props';

/** A real form or link, so that it works before and without scripts; `onPress` takes over once there are scripts. */
export function ActionControl({ id, label, className, target, returnTo, busy, onPress }: ActionControlProps) {
  if (target.kind === 'link') {
    return (
      <a id={id} className={className} href={target.href}>
        {label}
      </a>
    );
  }
  return (
    <form
      className="gate-form"
      method="post"
      action={target.action}
      onSubmit={(event) => {
        if (onPress === undefined) return;
        event.preventDefault();
        if (!busy) onPress();
      }}
    >
      <input type="hidden" name="return_to" value={returnTo} />
      <button id={id} className={className} type="submit" aria-busy={busy || undefined}>
        {label}
      </button>
    </form>
  );
}
