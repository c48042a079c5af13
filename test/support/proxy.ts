import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream';

/** One request, as it came. */
export type Asked = {
  readonly path: string;
  readonly query: string;
  readonly body: Buffer;
  /** What a server answered in full; null when none did. */
  readonly answered: Promise<{ readonly status: number; readonly text: string } | null>;
  /** Resolves when whoever asked has the answer, or has gone. */
  readonly over: Promise<void>;
};

type Answered = Awaited<Asked['answered']>;

export type Proxy = {
  readonly origin: string;
  /** Paths that were asked for, in order. */
  readonly paths: string[];
  readonly count: (path: string) => number;
  /** Calls back with the path of each request before it is passed on, until the returned function is called. */
  readonly onAsked: (listener: (path: string, asked: Asked) => void) => () => void;
  readonly close: () => Promise<void>;
};

/**
 * A reverse proxy in front of one or several servers. `choose` names the servers to try for the next request, in order:
 * one that refuses the connection is passed over, as nginx does.
 */
export async function startProxy(choose: () => readonly string[]): Promise<Proxy> {
  const paths: string[] = [];
  const listeners = new Set<(path: string, asked: Asked) => void>();
  const pass = async (incoming: IncomingMessage, answer: ServerResponse): Promise<void> => {
    const [path = '', query = ''] = (incoming.url ?? '').split('?', 2);
    paths.push(path);
    const over = new Promise<void>((resolve) => answer.once('close', resolve));
    const body = await read(incoming);
    let tell: (answered: Answered) => void = () => {};
    const answered = new Promise<Answered>((resolve) => (tell = resolve));
    for (const listener of listeners) listener(path, { path, query, body, answered, over });
    forward(choose(), incoming, body, answer, tell);
  };
  const server = createServer((incoming, answer) => {
    // Who is killed while asking has gone: there is nothing to pass on and nobody to answer.
    pass(incoming, answer).catch(() => answer.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    paths,
    count: (path) => paths.filter((one) => one === path).length,
    onAsked: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function read(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function forward(
  origins: readonly string[],
  incoming: IncomingMessage,
  body: Buffer,
  answer: ServerResponse,
  tell: (answered: Answered) => void,
): void {
  const [origin, ...others] = origins;
  if (origin === undefined) {
    answer.writeHead(502).end();
    return tell(null);
  }
  const { headers, method, url } = incoming;
  // A connection of its own each time: one kept open by a server that was killed would look like an answer lost.
  const sent = request(`${origin}${url}`, { method, headers, agent: false }, (response) => {
    const status = response.statusCode ?? 502;
    const chunks: Buffer[] = [];
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    answer.writeHead(status, response.headers);
    // Also ends the answer when the server is killed in the middle of it.
    pipeline(response, answer, () =>
      tell(response.complete ? { status, text: Buffer.concat(chunks).toString('utf8') } : null),
    );
  });
  sent.once('error', (error: NodeJS.ErrnoException) => {
    // The last of them broke off in the middle: so does the answer.
    const brokeOff = others.length === 0 && error.code !== 'ECONNREFUSED';
    if (!answer.headersSent && !brokeOff) return forward(others, incoming, body, answer, tell);
    answer.destroy();
    tell(null);
  });
  sent.end(body);
}
