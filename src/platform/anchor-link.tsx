import type { ReactNode } from 'react';
import { Button } from '@tarojs/components';
import { getCurrentInstance, pageScrollTo } from '@tarojs/taro';

type Props = { readonly className: string; readonly href: string; readonly children: ReactNode };

/** Goes to a part of this page. */
export function AnchorLink({ className, href, children }: Props) {
  return (
    <Button className={className} onClick={() => void pageScrollTo({ selector: href })}>
      {children}
    </Button>
  );
}

/** Goes to the part of the page that its address names (`at`), once that part is drawn. */
export function goToAnchor(): void {
  const at = getCurrentInstance().router?.params['at'];
  if (at) void pageScrollTo({ selector: `#${at}` });
}
