/** Colours by role, light and dark (design: look). `tokens.scss` declares the same as custom properties; a test compares. */
export const TOKENS = {
  light: {
    page: '#F4F6F9',
    card: '#FFFFFF',
    ink: '#14181F',
    'ink-2': '#586171',
    line: '#E4E8EE',
    brand: '#1A66E0',
    'brand-soft': '#E8F0FD',
    'on-brand': '#FFFFFF',
    ok: '#11704A',
    'ok-soft': '#E7F6EE',
    warn: '#7D4600',
    'warn-soft': '#FFF3DC',
    stop: '#B3261E',
    'stop-soft': '#FDECEA',
  },
  dark: {
    page: '#0F1216',
    card: '#181C22',
    ink: '#E9ECF1',
    'ink-2': '#A4AEBD',
    line: '#2B323B',
    brand: '#6AA5FF',
    'brand-soft': '#16243A',
    'on-brand': '#0B1420',
    ok: '#58CF9A',
    'ok-soft': '#12291F',
    warn: '#FFC873',
    'warn-soft': '#33270F',
    stop: '#FF9A91',
    'stop-soft': '#3B1B19',
  },
} as const;

export type Scheme = keyof typeof TOKENS;
export type Token = keyof (typeof TOKENS)['light'];

/** Every text colour that is drawn on every ground it is drawn on. */
export const TEXT_PAIRS: readonly (readonly [text: Token, ground: Token])[] = [
  ['ink', 'page'],
  ['ink', 'card'],
  ['ink', 'brand-soft'],
  ['ink', 'warn-soft'],
  ['ink-2', 'page'],
  ['ink-2', 'card'],
  ['brand', 'page'],
  ['brand', 'card'],
  ['brand', 'brand-soft'],
  ['on-brand', 'brand'],
  ['ok', 'ok-soft'],
  ['ok', 'card'],
  ['warn', 'warn-soft'],
  ['warn', 'card'],
  ['warn', 'page'],
  ['stop', 'stop-soft'],
  ['stop', 'card'],
  ['stop', 'page'],
];
