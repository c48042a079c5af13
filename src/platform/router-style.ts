/**
 * Takes the place of `@tarojs/router`'s style module on H5. The router adds `<style>` elements while it runs, which the
 * page's CSP refuses (`style-src 'self' 'nonce-…'`); the rules it needs are in `app.scss` and come as a file.
 */
export function addStyle(_css: string): void {}
export function loadAnimateStyle(_ms?: number): void {}
export function loadRouterStyle(_tabBar: boolean, _windowScroll: boolean, _enhanced?: boolean): void {}
export function loadNavigationBarStyle(): void {}
