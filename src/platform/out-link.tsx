import type { ReactNode } from 'react';
import { Button } from '@tarojs/components';
import { copyText } from './clipboard';

type Props = { readonly className: string; readonly href: string; readonly children: ReactNode };

/** A mini-program opens no foreign pages: the address goes to the clipboard. */
export function OutLink({ className, href, children }: Props) {
  return (
    <Button className={className} onClick={() => void copyText(href)}>
      {children}
    </Button>
  );
}
