import type { IncomingMessage } from 'node:http';

/** WeCom itself caps far lower per call; this only keeps the sandbox standing. */
const LARGEST_BODY_BYTES = 8 * 1024 * 1024;

/** Reads a request's body as text. Throws BodyTooLarge beyond 8 MiB. */
export async function readBody(request: IncomingMessage): Promise<string> {
  return (await readBytes(request, LARGEST_BODY_BYTES)).toString('utf8');
}

/**
 * Reads a request's body. Throws BodyTooLarge beyond so many bytes; the rest is not kept, but read, so that the refusal
 * is heard.
 */
export async function readBytes(request: IncomingMessage, mostBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= mostBytes) chunks.push(chunk);
  }
  if (size > mostBytes) throw new BodyTooLarge();
  return Buffer.concat(chunks);
}

export class BodyTooLarge extends Error {}

/** Reads a posted HTML form. It may be asked for again. */
export function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const form = forms.get(request) ?? readBody(request).then((body) => new URLSearchParams(body));
  forms.set(request, form);
  return form;
}

const forms = new WeakMap<IncomingMessage, Promise<URLSearchParams>>();
