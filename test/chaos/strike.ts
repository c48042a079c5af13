import { waitFor } from '../support/wait-for';
import type { Stage } from './stage';
import { MOMENTS, type Strike } from './storm';
import type { Known } from './visitors';

/** Requests of the visitors between two steps of the clock. */
const TRAFFIC = 25;
/** The moment of a strike may never come, such as an activation while WeCom is down: then any request is one. */
const LONG_ENOUGH = 150;
const WITHIN_MS = 60_000;
/**
 * Of each process to those it knows, before all counts as well. After a crash more: by then it has heard what the other
 * could not send while PostgreSQL was away, and has read again what it had to forget.
 */
const ANSWERS = { usually: 4, afterCrash: 12 } as const;

/** Lets one strike happen, and what follows from it until all is well again. */
export async function carryOut(stage: Stage, known: Known, { at, crash, faults, kills, nth, stepsSeconds }: Strike) {
  for (const fault of faults) await stage.order('faults', fault);
  await moment(stage, MOMENTS[at], nth);
  const restarts = kills.map((one) => stage.kill(one));
  const comeBack = crash ? await stage.postgres.crash() : null;
  for (const seconds of stepsSeconds) {
    await moment(stage, /./, TRAFFIC);
    await stage.jump(seconds);
  }
  await moment(stage, /./, TRAFFIC);
  await stage.order('faults', { clear: true });
  await comeBack?.();
  await Promise.all(restarts);
  await untilWell(stage, known, crash ? ANSWERS.afterCrash : ANSWERS.usually);
}

/** The nth request of a kind from now, to us or to WeCom. */
export function moment({ calls, front }: Stage, path: RegExp, nth: number): Promise<void> {
  let left = nth;
  let passed = 0;
  return new Promise((resolve) => {
    const count = (asked: string): void => {
      passed += 1;
      if (path.test(asked)) left -= 1;
      if (left > 0 && passed < Math.max(nth, LONG_ENOUGH)) return;
      for (const forget of listening) forget();
      resolve();
    };
    const listening = [front.onAsked(count), calls.onAsked(count)];
  });
}

/** Both processes are ready, hear each other's news, and know whom they have let in since. */
export async function untilWell(stage: Stage, known: Known, answers: number = ANSWERS.usually): Promise<void> {
  const { servers, store } = stage;
  for (const [nth] of servers.entries())
    await waitFor(`process ${nth} to be well`, () => isWell(stage, nth), WITHIN_MS);
  const before = servers.map((_server, nth) => known.answers(nth));
  for (const [nth] of servers.entries()) {
    const isKnown = () => known.answers(nth) >= (before[nth] ?? 0) + answers;
    await waitFor(`process ${nth} to answer`, isKnown, WITHIN_MS);
  }
  // The leases of the dead run out. Whoever lives loses a turn to another, and nothing else.
  await store.db.updateTable('jobs').set({ lease_until_ms: 1 }).where('lease_token', 'is not', null).execute();
}

async function isWell({ servers }: Stage, nth: number): Promise<boolean> {
  const ask = async (path: string) => {
    const answer = await fetch(`${servers[nth]?.origin}${path}`);
    return { status: answer.status, text: await answer.text() };
  };
  try {
    const { status } = await ask('/readyz');
    return status === 200 && /^gate_news_heard 1$/m.test((await ask('/metrics')).text);
  } catch {
    return false;
  }
}
