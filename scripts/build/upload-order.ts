import { existsSync } from 'node:fs';

/** What an upload needs, from the environment of whoever owns the key. */
export type UploadOrder = {
  readonly appId: string;
  readonly keyFile: string;
  readonly description: string;
  readonly robot: string;
};

type Environment = Readonly<Record<string, string | undefined>>;

/** One line per thing that is missing or wrong. */
function problemsOf(env: Environment): string[] {
  const { MINIPROGRAM_APP_ID: appId = '', MINIPROGRAM_KEY_FILE: keyFile = '', SERVER_ORIGIN: origin = '' } = env;
  const checks: readonly (readonly [boolean, string])[] = [
    [/^wx[0-9a-f]{16}$/.test(appId), 'MINIPROGRAM_APP_ID: the mini-program’s own id, wx and 16 hexadecimal digits'],
    [
      keyFile !== '' && existsSync(keyFile),
      'MINIPROGRAM_KEY_FILE: the file with the code-upload key (mp.weixin.qq.com, 开发管理 → 小程序代码上传)',
    ],
    [/^https:\/\/[^/]+$/.test(origin), 'SERVER_ORIGIN: the public https origin of the server, without a path'],
  ];
  return checks.filter(([isFine]) => !isFine).map(([, problem]) => problem);
}

/** Reads the order. @throws with everything that is missing, at once */
export function readUploadOrder(env: Environment): UploadOrder {
  const problems = problemsOf(env);
  if (problems.length > 0) throw new Error(`Nothing was uploaded. Set first:\n  ${problems.join('\n  ')}`);
  return {
    appId: env['MINIPROGRAM_APP_ID'] ?? '',
    keyFile: env['MINIPROGRAM_KEY_FILE'] ?? '',
    description: env['UPLOAD_DESCRIPTION'] ?? '',
    robot: env['UPLOAD_ROBOT'] ?? '1',
  };
}
