import { sql } from 'kysely';
import { Client } from 'pg';
import { sealPermanentCode } from '../../server/corps/open-corp';
import type { Deps } from '../../server/deps';
import { PLACES } from '../../server/jobs/worker';
import { reconcileCorp } from '../../server/licences/reconcile';
import { createMetrics } from '../../server/metrics';
import { saveCorpLicence } from '../../server/store/corp-licences';
import { saveInstalledCorp } from '../../server/store/corps';
import { copyRecord, type CrowdCorp } from './scale/copy-corp';
import { benchDeps } from './subjects/deps';

/** One reconciliation of some corps: what it found, and what it took. */
export type Pass = {
  readonly corps: number;
  readonly facts: number;
  /** Rows that PostgreSQL inserted, changed or deleted. */
  readonly rowsWritten: number;
  readonly wallMs: number;
  readonly cpuMs: number;
  /** Resident memory at the beginning, in the middle, at the end. */
  readonly rssMb: readonly [number, number, number];
  /** How often each call was made, by its path. */
  readonly calls: Readonly<Record<string, number>>;
};
export type ReconcileAsk = {
  readonly corps: readonly CrowdCorp[];
  /** When they bought; the provider has known them since before. */
  readonly boughtAtMs: number;
  readonly suiteTicket: string;
  /** So many are read for the first time; the others' records are made from theirs. */
  readonly atFirst: number;
};
/** `compared`: all that WeCom says is held against the record; `same`: the night after, when it says just that. */
export type Reconciled = { readonly first: Pass; readonly compared: Pass; readonly same: Pass };

const DAY_MS = 86_400_000;
const BYTES_PER_MB = 1024 * 1024;
const TOLD_EVERY = 500;

const say = (text: string): void => console.error(`  ${text}`);

async function install(deps: Deps, { agentId, corpId, permanentCode }: CrowdCorp, boughtAtMs: number): Promise<void> {
  const nowMs = deps.clock.now();
  await saveInstalledCorp(deps.store.db, {
    corp_id: corpId,
    kind: 'third_party',
    status: 'installed',
    name: corpId,
    agent_id: String(agentId),
    permanent_code_sealed: sealPermanentCode(deps, corpId, permanentCode),
    privilege_json: null,
    installer_user_id: null,
    installed_at_ms: nowMs,
    removed_at_ms: null,
    event_at_ms: nowMs,
    checked_at_ms: nowMs,
    source: 'api',
    admins_checked_at_ms: nowMs,
  });
  await saveCorpLicence(deps.store.db, corpId, { ever_paid: 1, orders_read_to_ms: boughtAtMs });
}

async function countWrites({ store }: Deps): Promise<number> {
  // Counts are handed in when a connection has been idle for a moment.
  await sql`select pg_stat_force_next_flush()`.execute(store.db);
  const { rows } = await sql<{ writes: string }>`
    select sum(n_tup_ins + n_tup_upd + n_tup_del) as writes from pg_stat_user_tables`.execute(store.db);
  return Number(rows[0]?.writes);
}

const rssMb = (): number => process.memoryUsage.rss() / BYTES_PER_MB;

async function reconcileAll(deps: Deps, corps: readonly CrowdCorp[], calls: Map<string, number>): Promise<Pass> {
  calls.clear();
  const before = { writes: await countWrites(deps), cpu: process.cpuUsage(), at: performance.now(), rss: rssMb() };
  let middleMb = 0;
  let facts = 0;
  let next = 0;
  const { signal } = new AbortController();
  const goOn = async (): Promise<void> => {
    for (let nth = next++; nth < corps.length; nth = next++) {
      if (nth === Math.floor(corps.length / 2)) middleMb = rssMb();
      if (nth > 0 && nth % TOLD_EVERY === 0) say(`${nth} of ${corps.length} corps reconciled`);
      const { counts, done } = await reconcileCorp(deps, corps[nth]?.corpId ?? '', signal, { trusting: true });
      if (!done) throw new Error(`The reconciliation of corp ${nth} did not end`);
      facts += counts.licence + counts.order + counts.code + counts.seat;
    }
  };
  await Promise.all(Array.from({ length: PLACES.background }, goOn));
  const wallMs = performance.now() - before.at;
  const { system, user } = process.cpuUsage(before.cpu);
  const rowsWritten = (await countWrites(deps)) - before.writes;
  const cpuMs = (system + user) / 1000;
  const memory = [before.rss, middleMb, rssMb()] as const;
  return { corps: corps.length, facts, rowsWritten, wallMs, cpuMs, rssMb: memory, calls: Object.fromEntries(calls) };
}

/** What a database that has been in use for a while has behind it; it takes longer than the server lets a statement take. */
async function tidyUp(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  for (const statement of ['vacuum analyze', 'checkpoint']) await client.query(statement);
  await client.end();
}

async function main({ atFirst, boughtAtMs, corps, suiteTicket }: ReconcileAsk): Promise<Reconciled> {
  const calls = new Map<string, number>();
  const metrics = createMetrics();
  const counting = {
    ...metrics,
    wecomCall: (path: string, outcome: string, seconds: number) => {
      calls.set(path, (calls.get(path) ?? 0) + 1);
      metrics.wecomCall(path, outcome, seconds);
    },
  };
  const deps = await benchDeps({ metrics: counting });
  const nowMs = deps.clock.now();
  await deps.tokens.saveSuiteTicket(deps.config.suite.id, suiteTicket, nowMs);
  for (const corp of corps) await install(deps, corp, boughtAtMs - DAY_MS);
  const [model] = corps;
  if (model === undefined) throw new Error('No corps to reconcile');
  const first = await reconcileAll(deps, corps.slice(0, atFirst), calls);
  // What they are known by so far gives way to the whole record.
  const others = corps.slice(atFirst);
  for (let from = 0; from < others.length; from += TOLD_EVERY) {
    const some = others.slice(from, from + TOLD_EVERY);
    const ids = some.map(({ corpId }) => corpId);
    await deps.store.db.deleteFrom('corp_licences').where('corp_id', 'in', ids).execute();
    await copyRecord(deps.store, model, some);
    say(`records of ${from + some.length} of ${others.length} more corps made`);
  }
  await tidyUp(process.env.DATABASE_URL ?? '');
  const compared = await reconcileAll(deps, corps, calls);
  say('all compared; now the night after');
  const same = await reconcileAll(deps, corps, calls);
  await deps.store.close();
  return { first, compared, same };
}

process.once('message', (ask: ReconcileAsk) => {
  main(ask).then(
    (reconciled) => process.send?.(reconciled, () => process.exit(0)),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
