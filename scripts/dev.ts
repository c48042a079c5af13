import concurrently from 'concurrently';
import { existsSync } from 'node:fs';
import { buildParts } from './build/parts';
import { writeStamp } from './build/stamp';
import { requireFreePorts } from './stage/require-free-ports';
import { readStage, sandboxEnv, serverEnv } from './stage/settings';

/**
 * `npm run dev`: sandbox, server and H5, each again when its source changes, on ./data/dev. The server also starts again
 * when the H5 or the gate's markup was rebuilt, because it reads them at start.
 */
async function main(): Promise<void> {
  const stage = readStage('data/dev');
  await requireFreePorts(stage);
  if (!existsSync('dist/h5/index.html')) await buildParts(['h5'], { onlyStale: true });
  await buildParts(['gate'], { onlyStale: true });
  writeStamp('h5', 'development'); // what stands in dist/h5 from here on is no production build
  const rebuilt = "--include 'dist/h5/index.html' --include 'dist/gate/*'";
  const { result } = concurrently(
    [
      { name: 'sandbox', command: 'tsx watch sandbox/main.ts', env: sandboxEnv(stage) },
      {
        name: 'server',
        command: `tsx watch ${rebuilt} server/main.ts | pino-pretty --singleLine`,
        env: serverEnv(stage, 'app'),
      },
      { name: 'gate', command: "tsx watch --include 'src/**/*' --include 'domain/**/*' scripts/build-gate.ts" },
      { name: 'h5', command: 'taro build --type h5 --watch', env: { NODE_ENV: 'development' } },
    ],
    { killOthersOn: ['failure', 'success'], prefixColors: 'auto' },
  );
  console.log(`工作台 Workbench  ${stage.sandboxOrigin}/\n应用 App          ${stage.appOrigin}`);
  await result;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : 'A program of the stage ended.');
  process.exitCode = 1;
});
