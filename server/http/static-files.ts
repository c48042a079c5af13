import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { AppContext, AppMiddleware } from './router';

type Encoding = 'br' | 'gzip' | 'identity';

/** One built file in memory, with the compressed forms the build made. */
export type Asset = {
  readonly type: string;
  readonly etag: string;
  readonly cacheControl: string;
  readonly bodies: ReadonlyMap<Encoding, Buffer>;
};

/** The built front end by path, `/js/app.1a2b3c4d.js`. */
export type Assets = ReadonlyMap<string, Asset>;

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.gif': 'image/gif',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/** A name with a content hash never changes its content. */
const HASHED = /\.[0-9a-f]{8,}\.\w+$/;
const FOR_EVER = 'public, max-age=31536000, immutable';
const ASK_AGAIN = 'public, max-age=0, must-revalidate';

/** Reads the built files once; an empty map when nothing was built. HTML is left out: pages are made per visit. */
export function loadAssets(dir: string): Assets {
  if (!existsSync(dir)) return new Map();
  const files = readdirSync(dir, { recursive: true, encoding: 'utf8' });
  const served = files.filter((file) => path.extname(file) in TYPES && statSync(path.join(dir, file)).isFile());
  return new Map(served.map((file) => [`/${file.split(path.sep).join('/')}`, loadAsset(path.join(dir, file))]));
}

function loadAsset(file: string): Asset {
  const plain = readFileSync(file);
  const bodies = new Map<Encoding, Buffer>([['identity', plain]]);
  if (existsSync(`${file}.br`)) bodies.set('br', readFileSync(`${file}.br`));
  if (existsSync(`${file}.gz`)) bodies.set('gzip', readFileSync(`${file}.gz`));
  return {
    type: TYPES[path.extname(file)] ?? 'application/octet-stream',
    etag: createHash('sha256').update(plain).digest('base64url').slice(0, 22),
    cacheControl: HASHED.test(file) ? FOR_EVER : ASK_AGAIN,
    bodies,
  };
}

/** Answers GET and HEAD of a built file from memory; everything else goes on. */
export function serveAssets(assets: Assets): AppMiddleware {
  return async (ctx, next) => {
    const asset = assets.get(ctx.path);
    if (!asset || (ctx.method !== 'GET' && ctx.method !== 'HEAD')) return next();
    sendAsset(ctx, asset);
  };
}

function sendAsset(ctx: AppContext, asset: Asset): void {
  const encoding = chooseEncoding(ctx, asset);
  ctx.status = 200;
  ctx.set({ 'Cache-Control': asset.cacheControl, Vary: 'Accept-Encoding' });
  ctx.type = asset.type;
  // A strong tag names the exact bytes, so each encoding has its own.
  ctx.etag = encoding === 'identity' ? asset.etag : `${asset.etag}-${encoding}`;
  if (ctx.fresh) {
    ctx.status = 304;
    return;
  }
  if (encoding !== 'identity') ctx.set('Content-Encoding', encoding);
  ctx.body = asset.bodies.get(encoding);
}

function chooseEncoding(ctx: AppContext, { bodies }: Asset): Encoding {
  if (bodies.has('br') && ctx.acceptsEncodings('br')) return 'br';
  return bodies.has('gzip') && ctx.acceptsEncodings('gzip') ? 'gzip' : 'identity';
}
