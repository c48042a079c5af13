/** What an operator reads, in both languages. */
export type Text = { readonly zh: string; readonly en: string };
export type Language = keyof Text;

export function text(zh: string, en: string): Text {
  return { zh, en };
}

/** The operator's language: what was asked for, else what the terminal speaks, else Chinese as the README. */
export function chooseLanguage(asked: string | undefined, terminal: string | undefined): Language {
  if (asked === 'en' || asked === 'zh') return asked;
  return terminal?.startsWith('en') ? 'en' : 'zh';
}
