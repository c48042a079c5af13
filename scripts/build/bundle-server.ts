import { build } from 'esbuild';

/**
 * The production server and the operator's command line, each as one file. Native packages stay outside and come from
 * node_modules, with their own dependencies; everything else is inside, which halves the start.
 */
export async function bundleServer(folder: string): Promise<void> {
  await build({
    entryPoints: ['server/main.ts', 'server/operator.ts'],
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['libsql', 'pg-native'],
    sourcemap: true,
    minifySyntax: true,
    logLevel: 'warning',
  });
}
