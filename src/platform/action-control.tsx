import { Button } from '@tarojs/components';
import type { ActionControlProps } from '../gate/action-control-props';
import { openPath } from './navigate';

/** A mini-program has neither forms that post nor addresses: every action is a tap. */
export function ActionControl({ id, label, className, target, busy, onPress }: ActionControlProps) {
  const press = target.kind === 'link' ? () => openPath(target.href) : onPress;
  return (
    <Button id={id} className={className} loading={busy} onClick={press}>
      {label}
    </Button>
  );
}
