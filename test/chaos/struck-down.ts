import { RETRY_AFTER_MS } from '../../server/licences/attempt-times';
import type { Instance } from '../support/instances';
import { ACTIVATION } from './activation-calls';
import { askVerdict, keepAsking, logIn, type Answer } from './ask';
import type { Stage } from './stage';

const WITHIN_MS = 60_000;
/** For the new attempt itself, on a busy machine. */
const SOON_MS = 40_000;

/**
 * A process dies in the middle of an activation that WeCom never carries out. When an attempt may be made again, the
 * member gets in all the same.
 * @returns who it was
 */
export async function strikeDown(stage: Stage, nth: number): Promise<string> {
  const { busy, order, say, servers } = stage;
  const { userId } = await order<{ userId: string }>('members', { corpId: busy.corpId, name: '新人' });
  const ask = visitor(stage, userId);
  await order('faults', { endpoint: ACTIVATION, kind: 'timeout' });
  const release = stage.pin(servers[nth] as Instance);
  const struck = killWhenAsked(stage, userId, nth);
  await keepAsking(async () => void (await ask()), { over: struck.signal, withinMs: WITHIN_MS });
  release();
  await order('faults', { clear: true });
  await stage.jump(RETRY_AFTER_MS.failed / 1000);
  let last: Answer | null = null;
  const isIn = async () => (last = await ask())?.reason === 'seat_valid';
  await keepAsking(isIn, { withinMs: SOON_MS });
  if (!struck.signal.aborted) say(`${userId} was never being activated`);
  else if (!(await isIn())) say(`${userId}, whose attempt died, got ${JSON.stringify(last)}`);
  await struck.restarted();
  return userId;
}

/** Opens a page, and asks for the verdict from then on. */
function visitor(stage: Stage, userId: string): () => Promise<Answer | null> {
  let cookie: string | null = null;
  return async () => {
    cookie ??= await logIn(stage, stage.busy.corpId, userId);
    return cookie === null ? null : askVerdict(stage.origin, cookie);
  };
}

/** Kills the process as soon as it has asked WeCom to activate this member; the signal tells when. */
function killWhenAsked({ calls, kill }: Stage, userId: string, nth: number) {
  const struck = new AbortController();
  let restarted: Promise<void> = Promise.resolve();
  const forget = calls.onAsked((path, { body }) => {
    if (path !== ACTIVATION || !body.includes(`"${userId}"`)) return;
    forget();
    restarted = kill(nth);
    struck.abort();
  });
  return { signal: struck.signal, restarted: () => restarted };
}
