import { randomIds } from '../../../server/ids';
import { parseConfig } from '../../../server/config';
import { createSidHasher } from '../../../server/http/session';
import type { SessionsTable } from '../../../server/store/schema';
import { openStore, type Engine } from '../../../server/store/store';
import { startPostgres } from '../../support/postgres';
import { createBenchWorld, type BenchWorld } from '../bench-world';
import type { Figure } from '../figure';
import { measureLatencies, shareOf } from '../latency';
import { startSubject, type Subject } from '../load';
import { measureRatio } from '../paired';
import { memberAt, seedCrowd, type Crowd, type CrowdMember } from './crowd';

/** Compared with the larger store of each run. */
const FEW_CORPS = 100;
const MEMBERS = 100;
/** Members asked in one turn; over all turns no member is asked twice before everybody was asked once. */
const PER_TURN = 800;
const ROUNDS = 11;
const CONNECTIONS = 4;
const SESSION_MS = 7 * 86_400_000;

/** A server over a store of a given size, the members who will ask it, and the times of all their answers. */
type Side = { readonly subject: Subject; readonly tokens: readonly string[]; readonly corps: number };

/** Seeds a store with a crowd, and with a session for each member who will ask; gives the sessions' tokens. */
async function fillStore(env: Readonly<Record<string, string>>, crowd: Crowd, nowMs: number): Promise<string[]> {
  const config = parseConfig(env);
  const hashesOf = createSidHasher(config.sessionSecrets);
  const tokens = Array.from({ length: PER_TURN * (ROUNDS + 1) }, () => randomIds.token());
  const sessions = tokens.map((token, place) => sessionRow(hashesOf(token)[0] ?? '', memberAt(crowd, place), nowMs));
  const store = await openStore(config.databaseUrl);
  try {
    await store.transaction(async (trx) => {
      for (let from = 0; from < sessions.length; from += PER_TURN)
        await trx
          .insertInto('sessions')
          .values(sessions.slice(from, from + PER_TURN))
          .execute();
    });
    await seedCrowd(store, crowd, nowMs);
  } finally {
    await store.close();
  }
  return tokens;
}

function sessionRow(sidHash: string, { corpId, userId }: CrowdMember, nowMs: number): SessionsTable {
  return {
    sid_hash: sidHash,
    kind: 'member',
    client: 'h5',
    corp_id: corpId,
    user_id: userId,
    open_user_id: null,
    open_id: null,
    entry: 'workbench',
    login_named_agent: 0,
    created_at_ms: nowMs,
    expires_at_ms: nowMs + SESSION_MS,
  };
}

async function startSide(world: BenchWorld, databaseUrl: string, crowd: Crowd): Promise<Side> {
  const nowMs = Date.now();
  const env = { ...world.env, DATABASE_URL: databaseUrl };
  const tokens = await fillStore(env, crowd, nowMs);
  const subject = await startSubject('standing-gate', { ...env, BENCH_NOW_MS: String(nowMs) });
  return { subject, tokens, corps: crowd.corps };
}

/** Gives a function that asks for the verdicts of the next members in turn and returns their p99. */
function asker({ subject, tokens }: Side): { turn: () => Promise<number>; all: number[] } {
  const all: number[] = [];
  let from = 0;
  const turn = async (): Promise<number> => {
    const asked = tokens.slice(from, from + PER_TURN);
    from = (from + PER_TURN) % tokens.length;
    const ask = { kind: 'verdicts', tokens: asked } as const;
    const ms = await measureLatencies({ origin: subject.origin, connections: CONNECTIONS, perSecond: null, ask });
    all.push(...ms);
    return shareOf(ms, 0.99);
  };
  return { turn, all };
}

async function compare(what: string, many: Side, few: Side): Promise<Figure> {
  const [ofMany, ofFew] = [asker(many), asker(few)];
  const ratio = await measureRatio(ofMany.turn, ofFew.turn, ROUNDS);
  const says = (all: readonly number[]) =>
    `p50 ${shareOf(all, 0.5).toFixed(1)}, p99 ${shareOf(all, 0.99).toFixed(1)} ms`;
  return {
    what: `${what}, p99, ${many.corps} corps (${says(ofMany.all)})`,
    against: `${few.corps} corps (${says(ofFew.all)})`,
    value: ratio.median,
    range: ratio,
    unit: 'ratio',
    floor: 1.5,
    stretch: 1.1,
    better: 'low',
  };
}

async function compareOn(world: BenchWorld, engine: Engine, urls: readonly [string, string], corps: number) {
  const many = await startSide(world, urls[0], { corps, members: MEMBERS });
  const few = await startSide(world, urls[1], { corps: FEW_CORPS, members: MEMBERS });
  try {
    // In this order: the first time nobody is known to the process, the second time everybody is.
    const cold = await compare(`verdict read from the store, ${engine}`, many, few);
    const warm = await compare(`verdict from memory, ${engine}`, many, few);
    return [cold, warm];
  } finally {
    many.subject.stop();
    few.subject.stop();
  }
}

/** Whether a member waits longer for a verdict where many corps share the store, on both engines. */
export async function measureScaleVerdict({ corps }: { readonly corps: number }): Promise<Figure[]> {
  const world = await createBenchWorld();
  const postgres = await startPostgres({ durable: true });
  try {
    const folder = world.env.DATABASE_URL ?? '';
    return [
      ...(await compareOn(world, 'embedded', [`${folder}-many`, `${folder}-few`], corps)),
      ...(await compareOn(world, 'postgres', [postgres.url, await postgres.createDatabase()], corps)),
    ];
  } finally {
    await postgres.stop();
    await world.close();
  }
}
