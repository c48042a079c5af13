import { readFileSync } from 'node:fs';
import { buildParts } from './build/parts';
import { readUploadOrder, type UploadOrder } from './build/upload-order';
import { run } from './run';

/** Fetched when it is needed: only the owner of the upload key ever runs it, and it brings hundreds of packages. */
const UPLOADER = 'miniprogram-ci@2';

function uploadArguments({ appId, keyFile, description, robot }: UploadOrder): string[] {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  const named = ['--pp', '.', '--pkp', keyFile, '--appid', appId, '--uv', version, '--ud', description, '-r', robot];
  return ['--yes', UPLOADER, 'upload', ...named];
}

/** `npm run upload:weapp`: builds the mini-program for a public server and uploads it as a version to be tried or reviewed. */
async function main(): Promise<void> {
  const order = readUploadOrder(process.env);
  await buildParts(['weapp'], { onlyStale: false });
  const { code } = await run('npx', uploadArguments(order), { show: true });
  process.exitCode = code;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
