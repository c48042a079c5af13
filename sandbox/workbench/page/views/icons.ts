import { h, type VNode } from '../h';

const PATHS = {
  workbench: 'M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM16.5 13v7M13 16.5h7',
  card: 'M4 5h16v11H9l-5 4zM8 9h8M8 12h5',
  share: 'M14 5l6 6-6 6M20 11H10a6 6 0 0 0-6 6v2',
  qr: 'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2M20 14v6h-6M18 17v.01',
  settings: 'M4 7h9M17 7h3M4 17h3M11 17h9M13 4.5h4v5h-4zM7 14.5h4v5H7z',
  web: 'M3 5h18v11H3zM9 20h6M12 16v4',
  wechat:
    'M9.5 4C5.4 4 2.5 6.7 2.5 10c0 1.8.9 3.4 2.3 4.5L4 17l2.9-1.4M21.5 14.5c0-3-2.8-5.2-6-5.2s-6 2.2-6 5.2 2.8 5.2 6 5.2c.8 0 1.600-.1 2.300-.4L20 20.500l-.6-2.300c1.300-1 2.100-2.300 2.100-3.700zM9.500 4c3.200 0 5.900 1.700 6.700 4',
  back: 'M14 5l-7 7 7 7',
  reload: 'M19 8a8 8 0 1 0 1 6M19 3v5h-5',
  home: 'M4 11l8-7 8 7v9H4zM10 20v-6h4v6',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  plus: 'M12 5v14M5 12h14',
  help: 'M9 9a3 3 0 1 1 4 2.800c-.7.3-1 .8-1 1.700M12 17h.01M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z',
  theme: 'M12 3a9 9 0 1 0 0 18zM12 3a9 9 0 0 1 0 18',
  moon: 'M20 14A8.500 8.500 0 0 1 10 4a8.500 8.500 0 1 0 10 10z',
  signOut: 'M10 4H5v16h5M14 8l4 4-4 4M18 12H9',
  camera: 'M4 7h4l2-3h4l2 3h4v13H4zM12 10a3.500 3.500 0 1 0 0 7 3.500 3.500 0 0 0 0-7z',
  undo: 'M4 9h10a6 6 0 0 1 0 12H9M8 5L4 9l4 4',
  check: 'M5 12.500l4.500 4.500L19 7.500',
  close: 'M6 6l12 12M18 6L6 18',
  message: 'M4 5h16v11H9l-5 4z',
  contacts: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4 20c1-4 4-5.500 8-5.500s7 1.500 8 5.500',
  clipboard: 'M7 5h10v15H7zM9.500 3.500h5v3h-5zM9.500 12l2 2 3.500-4',
} as const;

export type IconName = keyof typeof PATHS;

/** A line icon in the colour of the text. It says nothing by itself: a word stands beside it or labels it. */
export function icon(name: IconName, size = 20): VNode {
  const stroke = name === 'more' ? 2.8 : 1.7;
  return h(
    'svg',
    { class: 'icon', width: size, height: size, viewBox: '0 0 24 24', 'aria-hidden': 'true', 'stroke-width': stroke },
    h('path', { d: PATHS[name] }),
  );
}
