import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Router } from '../http/router';
import { buildPage } from './build-page';

/** The page loads nothing from outside: only itself, the sandbox, and the phone on its other port. */
const PAGE_POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self' http://127.0.0.1:* http://localhost:*; frame-src *; object-src 'none'; base-uri 'none'";

/**
 * The sandbox's own page at `/` with its files under `/workbench/`.
 * `phoneOrigin` is read at each request: the page reaches the phone on that port, under the host name it was itself
 * opened with, so that one cookie serves both.
 */
export function mountWorkbench(router: Router, options: { phoneOrigin: () => string }): void {
  router.get('/', async (ctx) => {
    const html = await readFile(join(__dirname, 'page/index.html'), 'utf8');
    ctx.set('content-security-policy', PAGE_POLICY);
    ctx.set('cache-control', 'no-cache');
    ctx.type = 'html';
    ctx.body = html.replace('{{phone-port}}', new URL(options.phoneOrigin()).port);
  });
  router.get('/workbench/app.js', async (ctx) => {
    ctx.set('cache-control', 'no-cache');
    ctx.type = 'text/javascript';
    ctx.body = (await buildPage()).script;
  });
  router.get('/workbench/app.css', async (ctx) => {
    ctx.set('cache-control', 'no-cache');
    ctx.type = 'text/css';
    ctx.body = (await buildPage()).style;
  });
}
