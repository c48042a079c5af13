import { statfs } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { systemClock } from '../../clock';
import { text } from '../text';
import { fail, note, ok, warn, type Check } from './check';

/** The engine the packages need (package.json, `engines`). */
const NODE = { major: 20, minor: 19 };
const MEBIBYTE = 2 ** 20;
const DISK = { warnMib: 1024, failMib: 100 };
/** WeCom's callbacks older than five minutes are refused; long before that something is wrong. */
const SKEW = { warnMs: 30_000, failMs: 240_000 };

export const nodeVersion: Check = {
  id: 'node',
  title: text('Node 版本', 'Node version'),
  tried: () => 'process.version',
  cure: text('安装 Node 20.19 或更新。', 'Install Node 20.19 or newer.'),
  run: async () => {
    const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
    const fits = major > NODE.major || (major === NODE.major && minor >= NODE.minor);
    return (fits ? ok : fail)(text(process.version, process.version), fits ? null : nodeVersion.cure);
  },
};

export const diskSpace: Check = {
  id: 'disk',
  title: text('磁盘空间', 'Disk space'),
  tried: ({ config }) => `statfs ${folderOf(config.databaseUrl)}`,
  cure: text('清理磁盘，或把数据移到更大的盘上。', 'Free some space, or move the data to a bigger disk.'),
  run: async ({ config }) => {
    const { bavail, bsize } = await statfs(folderOf(config.databaseUrl));
    const mib = Math.floor((bavail * bsize) / MEBIBYTE);
    const seen = text(`剩余 ${mib} MiB`, `${mib} MiB free`);
    if (mib < DISK.failMib) return fail(seen, diskSpace.cure);
    return mib < DISK.warnMib ? warn(seen, diskSpace.cure) : ok(seen);
  },
};

/** The embedded store's folder once it exists; with PostgreSQL, where we run. */
function folderOf(databaseUrl: string): string {
  return existsSync(databaseUrl) ? databaseUrl : '.';
}

export const keyStrength: Check = {
  id: 'keys',
  title: text('会话与数据密钥', 'Session and data keys'),
  tried: () => 'SESSION_SECRET, DATA_KEY',
  cure: text(
    '换成随机的值：openssl rand -base64 32；新值放在最前面，旧值留在逗号后面。',
    'Use random ones: openssl rand -base64 32; the new one first, the old one after a comma.',
  ),
  run: async ({ config }) => {
    const weak = [
      ...config.sessionSecrets
        .filter((secret) => secret.length < 32 || variety(secret) < 10)
        .map(() => 'SESSION_SECRET'),
      ...config.dataKeys.filter((key) => variety([...key]) < 10).map(() => 'DATA_KEY'),
    ];
    if (weak.length > 0) {
      const names = [...new Set(weak)].join(', ');
      return warn(text(`${names} 太短或不够随机`, `${names}: too short or not random`), keyStrength.cure);
    }
    const counts = `SESSION_SECRET × ${config.sessionSecrets.length}, DATA_KEY × ${config.dataKeys.length}`;
    return ok(text(counts, counts));
  },
};

function variety(symbols: Iterable<unknown>): number {
  return new Set(symbols).size;
}

export const clockSkew: Check = {
  id: 'clock',
  title: text('时钟', 'Clock'),
  tried: ({ config }) => `HEAD ${config.origins.api} → Date`,
  cure: text('打开本机的时间同步（NTP）。', 'Turn on time synchronisation (NTP) on this machine.'),
  run: async ({ config }) => {
    const response = await fetch(config.origins.api, { method: 'HEAD', signal: AbortSignal.timeout(5000) });
    const theirsMs = Date.parse(response.headers.get('date') ?? '');
    if (Number.isNaN(theirsMs)) return note(text('没有 Date 头，无法比较', 'no Date header to compare with'));
    const apartMs = Math.abs(systemClock.now() - theirsMs);
    const seconds = Math.round(apartMs / 1000);
    const seen = text(`与企业微信相差 ${seconds} 秒`, `${seconds} s apart from WeCom`);
    if (apartMs >= SKEW.failMs) return fail(seen, clockSkew.cure);
    return apartMs >= SKEW.warnMs ? warn(seen, clockSkew.cure) : ok(seen);
  },
};

export const miniProgram: Check = {
  id: 'mini-program',
  title: text('小程序', 'Mini-program'),
  tried: () => 'MINIPROGRAM_APP_ID',
  cure: text(
    '填写关联小程序的 AppID（wx 开头，共 18 位）。',
    'Give the linked mini-program’s AppID (wx and 16 more characters).',
  ),
  run: async ({ config: { miniProgramAppId: appId } }) => {
    if (appId === null) return note(text('未配置，只有 H5', 'not configured: H5 only'));
    return /^wx[0-9a-z]{16}$/.test(appId)
      ? ok(text(appId, appId))
      : warn(text(`${appId} 不像 AppID`, `${appId} does not look like an AppID`), miniProgram.cure);
  },
};
