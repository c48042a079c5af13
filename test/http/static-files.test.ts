import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { request } from 'node:http';
import { loadAssets } from '../../server/http/static-files';
import { startApp, type TestApp } from '../support/app';

const SCRIPT = 'console.log("门");'.repeat(50);
let dir: string;
let app: TestApp;

beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'gate-assets-'));
  mkdirSync(path.join(dir, 'js'));
  const hashed = path.join(dir, 'js/app.1a2b3c4d.js');
  writeFileSync(hashed, SCRIPT);
  writeFileSync(`${hashed}.br`, brotliCompressSync(SCRIPT));
  writeFileSync(`${hashed}.gz`, gzipSync(SCRIPT));
  writeFileSync(path.join(dir, 'logo.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  writeFileSync(path.join(dir, 'index.html'), 'never served as it is');
  writeFileSync(path.join(dir, 'app.js.map'), '{}');
  app = await startApp({ given: { assets: loadAssets(dir) } });
});
afterAll(async () => {
  await app.stop();
  rmSync(dir, { recursive: true });
});

type Raw = { status: number; headers: Record<string, string | string[] | undefined>; body: Buffer };

/** Without fetch, which decodes what it gets. */
function get(at: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const req = request(`${app.origin}${at}`, { headers, method }, (res) => {
      const chunks: Buffer[] = [];
      res.on('data', (chunk: Buffer) => chunks.push(chunk));
      res.on('end', () => resolve({ status: res.statusCode ?? 0, headers: res.headers, body: Buffer.concat(chunks) }));
    });
    req.on('error', reject).end();
  });
}

test.each([
  ['br, gzip', 'br', brotliCompressSync(SCRIPT)],
  ['gzip', 'gzip', gzipSync(SCRIPT)],
  ['br;q=0, gzip', 'gzip', gzipSync(SCRIPT)],
  ['identity', undefined, Buffer.from(SCRIPT)],
])('with Accept-Encoding %s the bytes are %s, kept for ever, and vary', async (accepted, encoding, bytes) => {
  const { body, headers, status } = await get('/js/app.1a2b3c4d.js', { 'accept-encoding': accepted });
  expect(status).toBe(200);
  expect(headers['content-encoding']).toBe(encoding);
  expect(headers['content-type']).toBe('text/javascript; charset=utf-8');
  expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect(headers['vary']).toBe('Accept-Encoding');
  expect(headers['content-length']).toBe(String(bytes.length));
  expect(body.equals(bytes)).toBe(true);
});

test('each encoding has its own tag; the same tag again is 304 without a body', async () => {
  const tags = new Set<unknown>();
  for (const encoding of ['br', 'gzip', 'identity']) {
    const accept = { 'accept-encoding': encoding };
    const { etag } = (await get('/js/app.1a2b3c4d.js', accept)).headers;
    tags.add(etag);
    const again = await get('/js/app.1a2b3c4d.js', { ...accept, 'if-none-match': String(etag) });
    expect(again.status).toBe(304);
    expect(again.body).toHaveLength(0);
    expect((await get('/js/app.1a2b3c4d.js', { ...accept, 'if-none-match': '"other"' })).status).toBe(200);
  }
  expect(tags.size).toBe(3);
});

test('a name without a hash is asked for again each time', async () => {
  const { headers } = await get('/logo.svg');
  expect(headers['content-type']).toBe('image/svg+xml');
  expect(headers['cache-control']).toBe('public, max-age=0, must-revalidate');
});

test('HEAD answers as GET would, without the body', async () => {
  const { body, headers, status } = await get('/js/app.1a2b3c4d.js', {}, 'HEAD');
  expect(status).toBe(200);
  expect(headers['content-length']).toBe(String(Buffer.byteLength(SCRIPT)));
  expect(body).toHaveLength(0);
});

test('what is no asset is not served: HTML, maps, compressed twins, anything outside', async () => {
  for (const at of [
    '/index.html',
    '/app.js.map',
    '/js/app.1a2b3c4d.js.br',
    '/../package.json',
    '/%2e%2e/package.json',
    '/js',
  ]) {
    expect((await get(at)).status).toBe(404);
  }
});

test('a folder that is not there has no assets', () => {
  expect(loadAssets(path.join(dir, 'missing')).size).toBe(0);
});
