import { rmSync } from 'node:fs';
import path from 'node:path';
import { buildParts } from './build/parts';
import { startProgram, type Program } from './stage/program';
import { requireFreePorts } from './stage/require-free-ports';
import { readStage, sandboxEnv, serverEnv, type Stage } from './stage/settings';
import { untilReady } from './stage/until-ready';

/**
 * `npm run demo [-- --fresh]`: the sandbox and two app servers (third-party and custom app) on ./data/demo. Builds what
 * is missing first; Ctrl-C ends everything.
 */
const FOLDER = 'data/demo';
const SERVER = 'dist/server/main.cjs';

function start(stage: Stage): Program[] {
  const log = (name: string) => path.join(stage.folder, `${name}.log`);
  return [
    startProgram('sandbox', 'sandbox/main.ts', sandboxEnv(stage), log('sandbox')),
    startProgram('app', SERVER, serverEnv(stage, 'app'), log('app')),
    startProgram('custom app', SERVER, serverEnv(stage, 'custom'), log('custom-app')),
  ];
}

function welcome(stage: Stage): string {
  return `
  已就绪，先打开工作台 / Ready. Open the workbench first:

    工作台 Workbench     ${stage.sandboxOrigin}/

    应用 App             ${stage.appOrigin}
    代开发应用 Custom    ${stage.customOrigin}
    手机 Phone           ${stage.phoneOrigin}
    日志 Logs            ${stage.folder}/*.log

  Ctrl-C 结束全部 / ends everything · npm run demo -- --fresh 重新开始 / starts over
`;
}

/** Resolves on the first Ctrl-C or SIGTERM; throws when a program ends by itself. */
function untilAsked(programs: readonly Program[]): Promise<void> {
  const asked = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
  });
  const fallen = programs.map(async (program) => {
    const code = await program.ended;
    throw new Error(`${program.name} ended by itself with ${code}:\n${program.lastLines()}`);
  });
  return Promise.race([asked, ...fallen]);
}

async function main(): Promise<void> {
  const stage = readStage(FOLDER);
  await requireFreePorts(stage);
  if (process.argv.includes('--fresh')) rmSync(FOLDER, { recursive: true, force: true });
  await buildParts(['h5', 'gate', 'server'], { onlyStale: true });
  const programs = start(stage);
  const asked = untilAsked(programs);
  try {
    const [sandbox, app, custom] = programs as [Program, Program, Program];
    const ready = Promise.all([
      untilReady(sandbox, `${stage.sandboxOrigin}/sandbox/clock`),
      untilReady(app, `${stage.appOrigin}/readyz`),
      untilReady(custom, `${stage.customOrigin}/readyz`),
    ]);
    const early = await Promise.race([ready.then(() => false), asked.then(() => true)]);
    if (!early) console.log(welcome(stage));
    await asked;
  } finally {
    await Promise.all(programs.map((program) => program.stop()));
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? `\n${error.message}` : error);
  process.exitCode = 1;
});
