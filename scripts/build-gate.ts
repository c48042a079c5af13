import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build, transform } from 'esbuild';
import { compile } from 'sass';
import { inKilobytes } from './run';

const OUTPUT = 'dist/gate';

/** The gate's screens as a function for the server: the app's own components over our primitives and react-dom/server. */
async function bundleRenderer(): Promise<void> {
  const outfile = path.join(OUTPUT, 'render.cjs');
  await build({
    entryPoints: ['src/gate/render-gate.tsx'],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    jsx: 'automatic',
    alias: { '@tarojs/components': path.resolve('src/platform/components/index.ts') },
    // Platform twins as in the H5 build; what only runs in a browser is never reached here.
    resolveExtensions: ['.h5.tsx', '.h5.ts', '.tsx', '.ts', '.mjs', '.js'],
    external: ['@tarojs/taro'],
    define: { 'process.env.NODE_ENV': '"production"', BUILD_SERVER_ORIGIN: '""' },
    logLevel: 'warning',
  });
}

/** The gate's stylesheet as the page inlines it. */
async function bundleStyle(): Promise<string> {
  const { css } = compile('src/gate/gate.scss', { style: 'compressed' });
  const { code } = await transform(css, { loader: 'css', minify: true, target: ['chrome78', 'ios13'] });
  return code.trim();
}

async function main(): Promise<void> {
  mkdirSync(OUTPUT, { recursive: true });
  await bundleRenderer();
  const css = await bundleStyle();
  writeFileSync(path.join(OUTPUT, 'gate.css'), css);
  console.log(`gate: ${inKilobytes(css.length)} of inline CSS`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
