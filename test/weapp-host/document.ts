import { JSDOM } from 'jsdom';

/**
 * The document the framework draws into. The framework looks for `window` and `document` in its own globals; the app's
 * scripts live in a context of their own and see neither.
 */
export function openDocument(): Document {
  const { window } = new JSDOM('<!doctype html><body></body>', { pretendToBeVisual: true });
  Object.assign(globalThis, { window, document: window.document });
  return window.document;
}
