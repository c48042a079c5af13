import type { ReactNode } from 'react';
import { Button } from '@tarojs/components';
import { pageScrollTo } from '@tarojs/taro';

type Props = { readonly className: string; readonly href: string; readonly children: ReactNode };

/** Goes to a part of this page. */
export function AnchorLink({ className, href, children }: Props) {
  return (
    <Button className={className} onClick={() => void pageScrollTo({ selector: href })}>
      {children}
    </Button>
  );
}

/** Mini-program addresses name no part of a page. */
export function goToAnchor(): void {}
