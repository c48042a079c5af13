/** Tags of WXML itself. */
export const SYNTAX_TAGS: ReadonlySet<string> = new Set(['template', 'block', 'import', 'include', 'wxs', 'slot']);

/** Built-in components this host knows; any other tag in a package is refused rather than drawn as a guess. */
export const BUILT_IN_TAGS: ReadonlySet<string> = new Set([
  'view',
  'text',
  'button',
  'image',
  'input',
  'textarea',
  'scroll-view',
  'navigator',
  'switch',
  'label',
  'rich-text',
  'page-meta',
]);
