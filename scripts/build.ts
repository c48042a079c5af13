import { buildParts } from './build/parts';

/** `npm run build`: the H5, the gate's markup for the server, the server, and the mini-program, into dist/. */
async function main(): Promise<void> {
  await buildParts(['h5', 'gate', 'server'], { onlyStale: false });
  await buildParts(['weapp'], { onlyStale: false });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
