import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const COMPRESSIBLE = /\.(?:js|css|svg|json|txt|ico|ttf)$/;
/** Below one network packet there is nothing to win. */
const WORTH_BYTES = 1024;

/** What one file weighs on disk and on the wire. */
export type Weight = { readonly file: string; readonly raw: number; readonly brotli: number };

async function compress(folder: string, file: string): Promise<Weight> {
  const full = path.join(folder, file);
  const content = await readFile(full);
  if (content.length < WORTH_BYTES) return { file, raw: content.length, brotli: content.length };
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  const [brotli, gzipped] = await Promise.all([
    promisify(brotliCompress)(content, { params }),
    promisify(gzip)(content, { level: 9 }),
  ]);
  await Promise.all([writeFile(`${full}.br`, brotli), writeFile(`${full}.gz`, gzipped)]);
  return { file, raw: content.length, brotli: brotli.length };
}

/** Writes `.br` and `.gz` beside every text asset of a folder, so that the server never compresses the same file twice. */
export async function precompress(folder: string): Promise<Weight[]> {
  const files = await readdir(folder, { recursive: true });
  return Promise.all(files.filter((file) => COMPRESSIBLE.test(file)).map((file) => compress(folder, file)));
}
