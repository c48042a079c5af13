import '@tarojs/components/types/common';

declare module '@tarojs/components/types/common' {
  /** Roles and focus of HTML; a mini-program ignores what it does not know. */
  interface StandardProps {
    role?: string;
    tabIndex?: number;
  }
}
