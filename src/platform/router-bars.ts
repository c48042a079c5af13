/** Takes the place of `@tarojs/router`'s title and tab bars on H5: the client draws the one, there is no other. */
export function initNavigationBar(_config: unknown, _container: unknown): void {}
export function initTabbar(_config: unknown, _history: unknown): void {}
