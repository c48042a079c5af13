/** Mini-program pages are not drawn by the server: what storage keeps is enough. */
export function rememberQuiet(_value: string): void {}
