import type Koa from 'koa';
import type { AddressInfo } from 'node:net';

/** Listens on a free port and tells the bench which. */
export function listenAndTell(app: Pick<Koa, 'listen'>): void {
  const server = app.listen(0, '127.0.0.1', () => {
    process.send?.((server.address() as AddressInfo).port);
  });
}
