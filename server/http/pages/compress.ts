import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const brotliAsync = promisify(brotliCompress);
const gzipAsync = promisify(gzip);

export type ContentEncoding = 'br' | 'gzip' | 'identity';

/** Quality 5: a page takes about a millisecond off the main thread and comes within a few percent of the slowest. */
const BROTLI = {
  params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT },
};

/** A page's bytes in the encoding the client takes. */
export function compress(text: string, encoding: ContentEncoding): Promise<Buffer> {
  if (encoding === 'br') return brotliAsync(text, BROTLI);
  if (encoding === 'gzip') return gzipAsync(text);
  return Promise.resolve(Buffer.from(text));
}
