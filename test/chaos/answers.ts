import type { Asked } from '../support/proxy';
import type { Stage } from './stage';

/** Longer than any request may take, also on a busy machine. */
const DEADLINE_MS = 15_000;

/**
 * Looks at every answer that comes through the front, and counts those to a verdict's question: each is answered in time,
 * none with an internal error. A request breaks off only when a process is killed.
 */
export function watchAnswers({ deaths, front, servers, say }: Stage): () => number {
  let verdicts = 0;
  front.onAsked((path, asked) => {
    const fromMs = performance.now();
    const isVerdict = path === '/api/verdict';
    const isCallback = path.startsWith('/wecom/');
    if (isVerdict) verdicts += 1;
    void look(asked).then((found) => {
      const ms = performance.now() - fromMs;
      if (ms > DEADLINE_MS && !isCallback) say(`${path} took ${Math.round(ms)} ms`);
      const someoneDied = servers.some((_server, nth) => deaths.wasDead(nth, fromMs));
      // WeCom hangs up on us after five seconds; people do not.
      if (found === null && (someoneDied || isCallback)) return;
      if (found === null || !isProper(found, isVerdict)) say(`${path} was answered ${JSON.stringify(found)}`);
    });
  });
  return () => verdicts;
}

async function look({ answered, over }: Asked): Promise<Awaited<Asked['answered']>> {
  await over;
  return answered;
}

function isProper({ status, text }: { readonly status: number; readonly text: string }, isVerdict: boolean): boolean {
  if (!isVerdict) return status !== 500;
  return (status < 500 || status === 503) && isJson(text);
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}
