import type { ImgHTMLAttributes } from 'react';

export * from '../../src/platform/components';

/** The one native element that the mini-program draws and H5 does not. */
export function Image(props: ImgHTMLAttributes<HTMLImageElement>) {
  return <img {...props} alt="" />;
}
