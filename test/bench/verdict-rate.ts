import { createBenchWorld, startProduction, type BenchWorld } from './bench-world';
import type { Figure } from './figure';
import { measureRate, startSubject } from './load';
import { logIn } from './log-in';
import { measureRatio } from './paired';

const ROUNDS = 11;
const SECONDS = 2;
const CONNECTIONS = 32;

/** The verdict of a member with a seat, from a session and facts already on record. */
async function verdictLoad(world: BenchWorld) {
  const { cookie, userAgent } = await logIn(world, 'wpSandboxSeat3Days');
  const headers = { cookie, 'user-agent': userAgent };
  return (origin: string) => () =>
    measureRate({ url: `${origin}/api/verdict`, connections: CONNECTIONS, seconds: SECONDS, headers });
}

/** How much of bare Koa's rate is left when it answers a verdict, alone and in the whole production server. */
export async function measureVerdictRate(): Promise<Figure[]> {
  const world = await createBenchWorld();
  const production = await startProduction(world);
  const [bare, alone] = await Promise.all([startSubject('bare-koa'), startSubject('verdict-alone', world.env)]);
  try {
    const loadOf = await verdictLoad(world);
    const base = () => measureRate({ url: `${bare.origin}/`, connections: CONNECTIONS, seconds: SECONDS, headers: {} });
    const ofAlone = await measureRatio(loadOf(alone.origin), base, ROUNDS);
    const ofAll = await measureRatio(loadOf(world.origin), base, ROUNDS);
    const common = { against: 'bare Koa hello JSON', unit: 'ratio', better: 'high' } as const;
    return [
      {
        ...common,
        what: 'verdict with session, alone',
        value: ofAlone.median,
        range: ofAlone,
        floor: 0.65,
        stretch: 0.85,
      },
      {
        ...common,
        what: 'verdict, every production middleware',
        value: ofAll.median,
        range: ofAll,
        floor: 0.45,
        stretch: 0.55,
      },
    ];
  } finally {
    bare.stop();
    alone.stop();
    await production.stop();
    await world.close();
  }
}
