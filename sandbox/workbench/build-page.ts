import { join } from 'node:path';
import { build } from 'esbuild';

type Page = { script: string; style: string };

let built: Promise<Page> | null = null;

/** The page's script and style, bundled once per process on first use. A failed build is tried again at the next. */
export function buildPage(): Promise<Page> {
  built ??= bundle().catch((error: unknown) => {
    built = null;
    throw error;
  });
  return built;
}

async function bundle(): Promise<Page> {
  const result = await build({
    entryPoints: { app: join(__dirname, 'page/main.ts') },
    bundle: true,
    write: false,
    outdir: 'out',
    format: 'esm',
    target: 'es2022',
    minify: true,
    logLevel: 'silent',
  });
  const textOf = (end: string): string => result.outputFiles.find((file) => file.path.endsWith(end))?.text ?? '';
  return { script: textOf('.js'), style: textOf('.css') };
}
