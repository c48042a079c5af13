import { WebSocketServer, type WebSocket } from 'ws';
import type { Host } from '../host';
import { APP_METHODS } from './app-methods';
import { ELEMENT_METHODS } from './element-methods';
import type { Params } from './methods';
import { PAGE_METHODS } from './page-methods';

const METHODS = { ...APP_METHODS, ...PAGE_METHODS, ...ELEMENT_METHODS };

type Request = { readonly id: string; readonly method: string; readonly params?: Params };

/** One request's answer. A method that is not here is an error in so many words: the SDK would believe an empty answer. */
async function answer(host: Host, { id, method, params = {} }: Request): Promise<object> {
  const run = METHODS[method];
  try {
    if (!run) throw new Error(`this host does not implement ${method}`);
    return { id, result: (await run(host, params)) ?? {} };
  } catch (error) {
    const { message, errMsg } = error as { message?: string; errMsg?: string };
    return { id, error: { message: message ?? errMsg ?? String(error) } };
  }
}

/** Speaks the automation protocol on a port of this machine. Resolves once it listens. */
export async function serveProtocol(host: Host, port: number): Promise<void> {
  const server = new WebSocketServer({ host: '127.0.0.1', port });
  const sockets = new Set<WebSocket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('message', (data) => {
      void answer(host, JSON.parse(String(data)) as Request).then((told) => socket.send(JSON.stringify(told)));
    });
  });
  host.listen((method, params) => {
    for (const socket of sockets) socket.send(JSON.stringify({ method, params }));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', reject);
  });
}
