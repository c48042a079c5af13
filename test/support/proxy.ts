import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Proxy = {
  readonly origin: string;
  /** Paths that were asked for, in order. */
  readonly paths: string[];
  readonly count: (path: string) => number;
  readonly close: () => Promise<void>;
};

/**
 * A reverse proxy in front of one or several servers. `choose` names the servers to try for the next request, in order:
 * one that refuses the connection is passed over, as nginx does.
 */
export async function startProxy(choose: () => readonly string[]): Promise<Proxy> {
  const paths: string[] = [];
  const server = createServer((incoming, answer) => {
    paths.push((incoming.url ?? '').replace(/\?.*/, ''));
    void read(incoming).then((body) => forward(choose(), incoming, body, answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    paths,
    count: (path) => paths.filter((one) => one === path).length,
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

function forward(origins: readonly string[], incoming: IncomingMessage, body: Buffer, answer: ServerResponse): void {
  const [origin, ...others] = origins;
  if (origin === undefined) {
    answer.writeHead(502).end();
    return;
  }
  const { headers, method, url } = incoming;
  // A connection of its own each time: one kept open by a server that was killed would look like an answer lost.
  const sent = request(`${origin}${url}`, { method, headers, agent: false }, (response) => {
    answer.writeHead(response.statusCode ?? 502, response.headers);
    response.pipe(answer);
  });
  sent.once('error', () => {
    if (answer.headersSent) answer.destroy();
    else forward(others, incoming, body, answer);
  });
  sent.end(body);
}
