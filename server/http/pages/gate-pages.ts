import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import type { GateState } from '../../../src/gate/gate-state';

/** The built front end as the server needs it. */
export type GatePages = {
  /** The gate's screen for a state, as HTML: the same components the app draws. */
  readonly render: (state: GateState) => string;
  /** The gate's CSS, small enough to be inlined. */
  readonly css: string;
  /** The app's own files, in the order its index.html names them. */
  readonly scripts: readonly string[];
  readonly styles: readonly string[];
};

type Renderer = { readonly renderGate: (state: GateState) => string };

const SCRIPT_SRC = /<script\b[^>]*?\bsrc="([^"]+)"/g;
const STYLE_HREF = /<link\b(?=[^>]*\brel="stylesheet")[^>]*?\bhref="([^"]+)"/g;

function addresses(html: string, pattern: RegExp): string[] {
  return [...html.matchAll(pattern)].map((match) => match[1] ?? '').filter((address) => address !== '');
}

/** Scripts and stylesheets of the H5 build, read from the index.html it made. */
export function readH5Assets(indexHtml: string): Pick<GatePages, 'scripts' | 'styles'> {
  return { scripts: addresses(indexHtml, SCRIPT_SRC), styles: addresses(indexHtml, STYLE_HREF) };
}

/** Loads the built front end once at start; null when `npm run build` has not made one. */
export function loadGatePages(distDir: string): GatePages | null {
  const dist = resolve(distDir);
  const files = {
    render: join(dist, 'gate/render.cjs'),
    css: join(dist, 'gate/gate.css'),
    index: join(dist, 'h5/index.html'),
  };
  if (!Object.values(files).every((file) => existsSync(file))) return null;
  const renderer = createRequire(files.render)(files.render) as Renderer;
  return {
    render: renderer.renderGate,
    css: readFileSync(files.css, 'utf8').trim(),
    ...readH5Assets(readFileSync(files.index, 'utf8')),
  };
}
