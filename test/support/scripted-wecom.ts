import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as it arrived. */
export type Heard = {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** What the JSON said, or FormData where a form was posted. */
  readonly body: unknown;
};

/** JSON to answer with, or a function that writes whatever it likes onto the wire. */
export type Answer = object | ((response: ServerResponse, request: IncomingMessage) => void);

export type ScriptedWecom = {
  readonly origin: string;
  readonly heard: Heard[];
  /** How often one path was asked. */
  readonly count: (path: string) => number;
  readonly close: () => Promise<void>;
};

/** The other side of HTTP, played by a function: for answers that no well-behaved WeCom gives. */
export async function startScriptedWecom(answer: (heard: Heard) => Answer | Promise<Answer>): Promise<ScriptedWecom> {
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    void hear(request).then(async (one) => {
      heard.push(one);
      const reply = await answer(one);
      if (typeof reply === 'function') return reply(response, request);
      response.setHeader('content-type', 'application/json').end(JSON.stringify(reply));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    heard,
    count: (path) => heard.filter((one) => one.path === path).length,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function hear(request: IncomingMessage): Promise<Heard> {
  const url = new URL(request.url ?? '/', 'http://local.invalid');
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = await parseBody(request.headers['content-type'] ?? '', Buffer.concat(chunks));
  const query = Object.fromEntries(url.searchParams);
  return { method: request.method ?? '', path: url.pathname, query, body };
}

async function parseBody(contentType: string, bytes: Buffer): Promise<unknown> {
  if (bytes.length === 0) return null;
  if (!contentType.startsWith('multipart/form-data')) return JSON.parse(bytes.toString('utf8'));
  return new Response(new Uint8Array(bytes), { headers: { 'content-type': contentType } }).formData();
}
