import 'react';

/** WeCom's name component (page 91958): the page places an id, WeCom draws the name, and the page cannot read it. */
type WwOpenData = React.HTMLAttributes<HTMLElement> & {
  ref?: React.Ref<HTMLElement>;
  type: 'userName';
  openid: string;
  /** Required in a mini-program. */
  corpid?: string;
  /** Mini-program: the component has drawn something. */
  onUpdate?: () => void;
};

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'ww-open-data': WwOpenData;
    }
  }
}
