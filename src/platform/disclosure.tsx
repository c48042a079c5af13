import { useState } from 'react';
import { Button, View } from '@tarojs/components';
import type { DisclosureProps } from '../ui/disclosure-props';

/** Unfolds on a tap. */
export function Disclosure({ id, className, summaryId, summaryClass, label, children }: DisclosureProps) {
  const [open, setOpen] = useState(false);
  return (
    <View id={id} className={open ? `${className} gate-unfolded` : className}>
      <Button id={summaryId} className={summaryClass} onClick={() => setOpen(!open)}>
        {label}
      </Button>
      {open ? children : null}
    </View>
  );
}
