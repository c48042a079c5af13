import type { ReactNode } from 'react';
import { View } from '@tarojs/components';
import { openPath } from './navigate';

type Props = { readonly id?: string; readonly className: string; readonly href: string; readonly children: ReactNode };

/** A way to one of our pages. */
export function OwnLink({ href, ...rest }: Props) {
  return <View {...rest} onClick={() => openPath(href)} />;
}
