import { sql } from 'kysely';
import { sealPermanentCode } from '../../server/corps/open-corp';
import type { Deps } from '../../server/deps';
import { reconcileCorp } from '../../server/licences/reconcile';
import { saveCorpLicence } from '../../server/store/corp-licences';
import { saveInstalledCorp } from '../../server/store/corps';
import { CORP_PREFIX } from './scale/crowd';
import { benchDeps } from './subjects/deps';

/** One reconciliation of all corps: what it found, and what it took. */
export type Pass = {
  readonly facts: number;
  /** Rows that PostgreSQL inserted, changed or deleted. */
  readonly rowsWritten: number;
  readonly wallMs: number;
  readonly cpuMs: number;
  /** Resident memory at the beginning, in the middle, at the end. */
  readonly rssMb: readonly [number, number, number];
};
export type ReconcileAsk = { readonly corps: number };

/** As many side by side as a server gives to work in the background. */
const PLACES = 2;
const DAY_MS = 86_400_000;
const BYTES_PER_MB = 1024 * 1024;

async function install(deps: Deps, corpId: string, nowMs: number): Promise<void> {
  await saveInstalledCorp(deps.store.db, {
    corp_id: corpId,
    kind: 'third_party',
    status: 'installed',
    name: corpId,
    agent_id: '1000001',
    permanent_code_sealed: sealPermanentCode(deps, corpId, 'permanent-code'),
    privilege_json: null,
    installer_user_id: null,
    installed_at_ms: nowMs,
    removed_at_ms: null,
    event_at_ms: nowMs,
    checked_at_ms: nowMs,
    source: 'api',
    admins_checked_at_ms: nowMs,
  });
  // Known for a while: its orders of the last weeks are read, not those of 800 days.
  await saveCorpLicence(deps.store.db, corpId, { ever_paid: 1, orders_read_to_ms: nowMs - 20 * DAY_MS });
}

async function countWrites({ store }: Deps): Promise<number> {
  // Counts are handed in when a connection has been idle for a moment.
  await sql`select pg_stat_force_next_flush()`.execute(store.db);
  const { rows } = await sql<{ writes: string }>`
    select sum(n_tup_ins + n_tup_upd + n_tup_del) as writes from pg_stat_user_tables`.execute(store.db);
  return Number(rows[0]?.writes);
}

const rssMb = (): number => process.memoryUsage.rss() / BYTES_PER_MB;

async function reconcileAll(deps: Deps, corps: number): Promise<Pass> {
  const before = { writes: await countWrites(deps), cpu: process.cpuUsage(), at: performance.now(), rss: rssMb() };
  let middleMb = 0;
  let facts = 0;
  let next = 0;
  const goOn = async (): Promise<void> => {
    for (let corp = next++; corp < corps; corp = next++) {
      if (corp === Math.floor(corps / 2)) middleMb = rssMb();
      const { counts, done } = await reconcileCorp(deps, `${CORP_PREFIX}${corp}`, new AbortController().signal);
      if (!done) throw new Error(`The reconciliation of corp ${corp} did not end`);
      facts += counts.licence + counts.order + counts.code + counts.seat;
    }
  };
  await Promise.all(Array.from({ length: PLACES }, goOn));
  const wallMs = performance.now() - before.at;
  const { system, user } = process.cpuUsage(before.cpu);
  const rowsWritten = (await countWrites(deps)) - before.writes;
  return { facts, rowsWritten, wallMs, cpuMs: (system + user) / 1000, rssMb: [before.rss, middleMb, rssMb()] };
}

async function main({ corps }: ReconcileAsk): Promise<Pass[]> {
  const deps = await benchDeps();
  const nowMs = deps.clock.now();
  await deps.tokens.saveSuiteTicket(deps.config.suite.id, 'ticket', nowMs);
  for (let corp = 0; corp < corps; corp += 1) await install(deps, `${CORP_PREFIX}${corp}`, nowMs);
  const passes = [await reconcileAll(deps, corps), await reconcileAll(deps, corps)];
  await deps.store.close();
  return passes;
}

process.once('message', (ask: ReconcileAsk) => {
  main(ask).then(
    (passes) => process.send?.(passes, () => process.exit(0)),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
