import type { IncomingMessage } from 'node:http';

/** WeCom itself caps far lower per call; this only keeps the sandbox standing. */
const LARGEST_BODY_BYTES = 8 * 1024 * 1024;

/** Reads a request's body as text. Throws BodyTooLarge beyond 8 MiB. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_BODY_BYTES) throw new BodyTooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

export class BodyTooLarge extends Error {}

/** Reads a posted HTML form. */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  return new URLSearchParams(await readBody(request));
}
