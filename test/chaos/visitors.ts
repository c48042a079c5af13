import { askVerdict, keepAsking, logIn, type Answer } from './ask';
import type { Stage } from './stage';

/** Tabs that one newcomer has open: each asks, and the front gives the requests to both processes. */
const TABS = 2;
const ASK_EVERY_MS = 400;
/** Between one newcomer and the next. */
const NEWCOMER_EVERY_MS = 300;
const MOST_WAITING = 6;

/** Somebody who wants to come in. */
export type Coming = {
  readonly userId: string;
  /** What they were answered last. */
  readonly last: () => Answer | null;
  readonly isIn: Promise<void>;
};

/** Somebody joins the corp and opens a page again and again until they are let in on a seat of their own. */
async function comeIn(stage: Stage, over: AbortSignal): Promise<Coming> {
  const { corpId } = stage.busy;
  const { userId } = await stage.order<{ userId: string }>('members', { corpId, name: '新人' });
  let cookie: string | null = null;
  let last: Answer | null = null;
  const isIn = keepAsking(
    async () => {
      cookie ??= await logIn(stage, corpId, userId);
      const known = cookie;
      if (known === null) return false;
      const answers = await Promise.all(Array.from({ length: TABS }, () => askVerdict(stage.origin, known)));
      last = answers.find((answer) => answer !== null) ?? last;
      if (answers.some((answer) => answer?.status === 401)) cookie = null;
      return answers.some((answer) => answer?.outcome === 'allow' && answer.reason === 'seat_valid');
    },
    { over, everyMs: ASK_EVERY_MS },
  );
  return { userId, last: () => last, isIn };
}

/**
 * One newcomer after the other, until the stream ends; those who came go on asking until all is over. While many wait
 * nobody else comes: it is faults that are to be lived through, not crowds.
 */
export async function keepComing(
  stage: Stage,
  coming: Coming[],
  until: { readonly stream: AbortSignal; readonly over: AbortSignal },
): Promise<void> {
  let waiting = 0;
  const comeOne = async (): Promise<void> => {
    if (waiting >= MOST_WAITING) return;
    const one = await comeIn(stage, until.over);
    coming.push(one);
    waiting += 1;
    void one.isIn.then(() => (waiting -= 1));
  };
  await keepAsking(comeOne, { over: until.stream, everyMs: NEWCOMER_EVERY_MS });
}

export type Known = {
  /** How often this process has let one of them in so far. */
  readonly answers: (nth: number) => number;
};

/** Members with a seat ask each process by itself. Once it has let one in, it does so for as long as it lives. */
export async function watchKnown(stage: Stage, over: AbortSignal): Promise<Known & { ended: Promise<unknown> }> {
  const { corpId, members } = stage.quiet;
  const cookies = await Promise.all(members.map(({ userId }) => logIn(stage, corpId, userId)));
  const letIn = new Set<string>();
  const counts = stage.servers.map(() => 0);
  const ask = async (nth: number, cookie: string): Promise<void> => {
    const fromMs = performance.now();
    const origin = stage.servers[nth]?.origin ?? '';
    const answer = await askVerdict(origin, cookie);
    const isIn = answer?.status === 200 && (answer.outcome === 'allow' || answer.outcome === 'warn');
    if (isIn) {
      letIn.add(`${origin} ${cookie}`);
      counts[nth] = (counts[nth] ?? 0) + 1;
    } else if (!stage.deaths.wasDead(nth, fromMs) && (letIn.has(`${origin} ${cookie}`) || answer?.status !== 503))
      stage.say(`a member whom process ${nth} knows got ${JSON.stringify(answer)}`);
  };
  const ended = Promise.all(
    stage.servers.map((_server, nth) =>
      keepAsking(
        async () => {
          for (const cookie of cookies) await ask(nth, cookie ?? 'none');
        },
        { over },
      ),
    ),
  );
  return { answers: (nth) => counts[nth] ?? 0, ended };
}

/** Nobody's session is made up, whatever is away. */
export async function watchStranger(stage: Stage, over: AbortSignal): Promise<void> {
  await keepAsking(
    async () => {
      const answer = await askVerdict(stage.origin, 'a'.repeat(43));
      if (answer !== null && answer.status !== 401 && answer.status !== 503)
        stage.say(`a stranger got ${JSON.stringify(answer)}`);
    },
    { over },
  );
}
