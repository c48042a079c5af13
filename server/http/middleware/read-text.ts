import type { IncomingMessage } from 'node:http';
import { AppError } from '../../errors';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * A request's body as text. Throws `request.too_large` as soon as more than `mostBytes` are announced or arrive, and
 * `request.invalid` when it is not UTF-8 or breaks off.
 */
export async function readText(req: IncomingMessage, mostBytes: number): Promise<string> {
  if (Number(req.headers['content-length'] ?? 0) > mostBytes) throw tooLarge(req);
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of req as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > mostBytes) throw tooLarge(req);
      chunks.push(chunk);
    }
    return utf8.decode(Buffer.concat(chunks));
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('request.invalid', { logDetail: 'the body broke off or is not UTF-8', cause });
  }
}

/** The rest of the body is not read; the connection closes after the answer. */
function tooLarge(req: IncomingMessage): AppError {
  req.resume();
  return new AppError('request.too_large');
}
