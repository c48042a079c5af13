import { createRandom } from '../histories/random';
import { watchCallbacks, type Acknowledged } from './acknowledged';
import { watchActivations, type ActivationCalls } from './activation-calls';
import { watchAnswers } from './answers';
import { judgeLedgers, untilAtRest } from './calm';
import { noteAttempts, type Attempts } from './attempts';
import { judgeSeats } from './judge-seats';
import { keepOffice } from './office';
import { openStage, type Stage } from './stage';
import { makeStorm } from './storm';
import { carryOut, untilWell } from './strike';
import { strikeDown } from './struck-down';
import { noteTurns } from './turns';
import { keepComing, watchKnown, watchStranger, type Coming } from './visitors';

export type ChaosOptions = {
  readonly seed: number;
  /** Storms one after the other, on the same processes' store. */
  readonly rounds: number;
  /** Told what is about to happen, and what is wrong as soon as it is found. */
  readonly tell?: (line: string) => void;
};

export type ChaosReport = {
  /** What was found wrong, in words. */
  readonly wrong: readonly string[];
  /** What happened, so that a run in which nothing did is seen. */
  readonly seen: {
    readonly kills: number;
    readonly newcomers: number;
    readonly verdicts: number;
    readonly acknowledged: number;
    readonly activationCalls: number;
    readonly takeovers: number;
  };
};

/** More than may come in one round; each needs one activation. */
const ACCOUNTS = 200;
/** Blocks of WeCom's are over by then. */
const BLOCKS_END_SECONDS = 3600;
/** For everybody to get in once all is well, on a busy machine. */
const SOON_MS = 40_000;

/** Rounds that one seed has to itself. */
const MOST_ROUNDS = 10_000;

type Watched = {
  readonly calls: ActivationCalls;
  readonly attempts: Attempts;
  readonly callbacks: Acknowledged;
  readonly turns: () => Promise<string[]>;
  /** Everybody who came so far. */
  readonly newcomers: string[];
};

/**
 * Two server processes with their workers, a PostgreSQL and WeCom under storms that the seed makes: SIGKILL of one or both,
 * crashes of PostgreSQL, WeCom slow, wrong or silent for minutes. Meanwhile people come in and administrators change
 * things. After each storm all heals, and what is left is judged.
 */
export async function runChaos({ rounds, seed, tell = () => {} }: ChaosOptions): Promise<ChaosReport> {
  const stage = await openStage(createRandom(seed).int(24), tell);
  try {
    return await playRounds(stage, seed, rounds);
  } finally {
    await stage.stop();
  }
}

async function playRounds(stage: Stage, seed: number, rounds: number): Promise<ChaosReport> {
  const verdicts = watchAnswers(stage);
  const watched: Watched = {
    calls: watchActivations(stage),
    attempts: await noteAttempts(stage),
    callbacks: watchCallbacks(stage),
    turns: await noteTurns(stage),
    newcomers: [],
  };
  let takeovers = 0;
  try {
    for (let round = 1; round <= rounds && stage.wrong.size === 0; round += 1) {
      stage.tell(`round ${round}`);
      await playRound(stage, seed * MOST_ROUNDS + round, watched);
      takeovers = await watched.attempts.takeovers();
    }
  } catch (error) {
    stage.say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  const seen = {
    kills: stage.deaths.count(),
    newcomers: watched.newcomers.length,
    verdicts: verdicts(),
    acknowledged: watched.callbacks.count(),
    activationCalls: watched.calls.count(),
    takeovers,
  };
  return { wrong: [...stage.wrong], seen };
}

async function playRound(stage: Stage, seed: number, watched: Watched): Promise<void> {
  const { strikes, victim } = makeStorm(createRandom(seed));
  const over = new AbortController();
  const ends = new AbortController();
  const known = await watchKnown(stage, over.signal);
  const coming: Coming[] = [];
  await stage.buy(stage.busy, ACCOUNTS);
  const stream = keepComing(stage, coming, { stream: ends.signal, over: over.signal });
  const office = keepOffice(stage, createRandom(-seed), over.signal);
  const around = [stream, known.ended, office, watchStranger(stage, over.signal)];
  try {
    await untilWell(stage, known);
    for (const [index, strike] of strikes.entries()) {
      stage.tell(JSON.stringify(strike));
      await carryOut(stage, known, strike);
      if (index !== victim.after) continue;
      watched.newcomers.push(await strikeDown(stage, victim.nth));
      await untilWell(stage, known);
    }
    stage.tell('calm');
    ends.abort();
    await stream;
    watched.newcomers.push(...coming.map(({ userId }) => userId));
    await stage.jump(BLOCKS_END_SECONDS);
    await untilIn(coming);
  } finally {
    ends.abort();
    over.abort();
    await Promise.all(around);
  }
  await judge(stage, watched);
}

async function untilIn(coming: readonly Coming[]): Promise<void> {
  const outside = new Set(coming);
  const allIn = Promise.all(coming.map((one) => one.isIn.then(() => outside.delete(one))));
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const names = () => [...outside].map(({ last, userId }) => `${userId} got ${JSON.stringify(last())}`).join(', ');
    timer = setTimeout(() => reject(new Error(`not let in although all is well: ${names()}`)), SOON_MS);
  });
  await Promise.race([allIn, late]).finally(() => clearTimeout(timer));
}

async function judge(stage: Stage, { attempts, callbacks, calls, newcomers, turns }: Watched): Promise<void> {
  const { say, store } = stage;
  await untilAtRest(stage);
  say(...(await callbacks.unhandled()), ...(await turns()));
  await judgeLedgers(stage);
  await judgeSeats(stage, newcomers, { attempts, calls });
  const dead = await store.db.selectFrom('jobs').select(['id', 'message']).where('state', '=', 'dead').execute();
  say(...dead.map(({ id, message }) => `the job ${id} is dead: ${message}`));
}
