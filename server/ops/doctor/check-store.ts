import { systemClock } from '../../clock';
import type { Store } from '../../store/store';
import { findPendingMigrations } from '../../store/migrate';
import { findToken, saveToken } from '../../store/tokens';
import { text } from '../text';
import { fail, note, ok, warn, type Check } from './check';

const PROBE_KEY = 'doctor:probe';
const NOTIFIED_WITHIN_MS = 3000;
const ENOUGH = new Error('written well; undone');

export const storeReachable: Check = {
  id: 'store',
  title: text('存储', 'Store'),
  tried: ({ config }) => addressOf(config.databaseUrl),
  cure: text(
    '核对 DATABASE_URL：主机、端口、库名、用户与密码；PostgreSQL 是否在运行、是否允许从这里连接。',
    'Compare DATABASE_URL: host, port, database, user and password; does PostgreSQL run, and does it let this machine in?',
  ),
  run: async ({ deps: { store } }) => {
    await store.ping();
    return ok(text(store.engine, store.engine));
  },
};

/** Without user and password. */
function addressOf(databaseUrl: string): string {
  if (!URL.canParse(databaseUrl)) return databaseUrl;
  const { host, pathname, protocol } = new URL(databaseUrl);
  return `${protocol}//${host}${pathname}`;
}

export const migrations: Check = {
  id: 'migrations',
  title: text('数据表', 'Tables'),
  tried: () => 'kysely_migration',
  needs: ['store'],
  cure: text('升级本程序：数据库比它新。', 'Update this program: the database is newer.'),
  run: async ({ deps: { store } }) => {
    const pending = await findPendingMigrations(store.db);
    if (pending.length === 0) return ok(text('都是最新', 'up to date'));
    const names = pending.join(', ');
    return warn(
      text(`待迁移：${names}`, `to be migrated: ${names}`),
      text('启动服务时会自动迁移。', 'Starting the server migrates.'),
    );
  },
};

export const storeWritable: Check = {
  id: 'write',
  title: text('写入', 'Writing'),
  tried: () => 'INSERT … ROLLBACK',
  needs: ['store', 'migrations'],
  cure: text(
    '数据库用户要能读写这些表；磁盘未满、不是只读副本。',
    'The user must be able to write; the disk must not be full, nor the database a read-only replica.',
  ),
  run: async ({ deps: { store } }) => {
    const read = await writeAndUndo(store);
    return read
      ? ok(text('写入并撤销', 'written and undone'))
      : fail(text('写入后读不到', 'what was written is not there'), storeWritable.cure);
  },
};

async function writeAndUndo(store: Store): Promise<boolean> {
  let seen = false;
  try {
    await store.transaction(async (trx) => {
      await saveToken(trx, { key: PROBE_KEY, valueSealed: 'probe', expiresAtMs: 0 });
      seen = (await findToken(trx, PROBE_KEY)) !== null;
      throw ENOUGH;
    });
  } catch (error) {
    if (error !== ENOUGH) throw error;
  }
  return seen;
}

/** Leases of callbacks and tokens last seconds by each machine's own clock, and instances count each other by theirs. */
const SKEW = { warnMs: 2000, failMs: 10_000 };

export const storeClock: Check = {
  id: 'store-clock',
  title: text('数据库的时钟', 'Clock of the database'),
  tried: () => 'clock_timestamp()',
  needs: ['store'],
  cure: text(
    '所有实例与 PostgreSQL 所在的机器都打开时间同步（NTP）。',
    'Turn on time synchronisation (NTP) on every machine that runs an instance or PostgreSQL.',
  ),
  run: async ({ deps: { store } }) => {
    if (store.shared === null) return note(text('嵌入式存储用本机的时钟', 'the embedded store uses this machine’s'));
    const askedAtMs = systemClock.now();
    const theirsMs = await store.machineMs();
    // The answer was written some time between asking and hearing it.
    const apartMs = Math.max(askedAtMs - theirsMs, theirsMs - systemClock.now(), 0);
    const seconds = (apartMs / 1000).toFixed(1);
    const seen = text(`与本机相差 ${seconds} 秒`, `${seconds} s apart from this machine`);
    if (apartMs >= SKEW.failMs) return fail(seen, storeClock.cure);
    return apartMs >= SKEW.warnMs ? warn(seen, storeClock.cure) : ok(seen);
  },
};

export const notifications: Check = {
  id: 'notify',
  title: text('多实例通知', 'News between instances'),
  tried: () => 'LISTEN / NOTIFY',
  needs: ['store'],
  cure: text(
    'DATABASE_URL 要直连 PostgreSQL：事务模式的连接池（PgBouncer）不支持 LISTEN。单实例可以不理会。',
    'DATABASE_URL should name PostgreSQL itself: a pooler in transaction mode (PgBouncer) cannot LISTEN. A single instance may ignore this.',
  ),
  run: async ({ deps: { ids, store } }) => {
    if (store.shared === null) return note(text('嵌入式存储只有一个进程', 'the embedded store has one process'));
    const heard = await hearsItself(
      store.shared.channel,
      JSON.stringify({ from: `doctor ${ids.token(12)}`, news: [] }),
    );
    return heard
      ? ok(text('收到自己发出的通知', 'heard its own notification'))
      : warn(text('通知没有到', 'the notification did not arrive'), notifications.cure);
  },
};

async function hearsItself(channel: NonNullable<Store['shared']>['channel'], message: string): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  let listening: { readonly stop: () => Promise<void> } | undefined;
  const heard = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), NOTIFIED_WITHIN_MS);
    listening = channel.listen({
      onListening: () => void channel.send([message]).catch(() => resolve(false)),
      onMessage: (payload) => (payload === message ? resolve(true) : undefined),
      onBroken: () => resolve(false),
    });
  });
  try {
    return await heard;
  } finally {
    clearTimeout(timer);
    await listening?.stop();
  }
}
