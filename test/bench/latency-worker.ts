import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Timed, TimedLoad } from './latency';
import { sealCrowdCallbacks } from './scale/crowd-callbacks';

/** One request to send. */
type Asked = { readonly path: string; readonly headers?: Record<string, string>; readonly body?: string };

function requestsOf({ ask }: TimedLoad): readonly Asked[] {
  if (ask.kind === 'callbacks') return sealCrowdCallbacks(ask.crowd, ask.first, ask.count);
  if (ask.kind === 'page') return Array.from({ length: ask.count }, () => ({ path: ask.path }));
  return ask.tokens.map((token) => ({ path: '/api/verdict', headers: { authorization: `Bearer ${token}` } }));
}

async function send(origin: string, agent: Agent, { body, headers, path }: Asked): Promise<boolean> {
  const outgoing = request(origin + path, { agent, method: body === undefined ? 'GET' : 'POST', headers });
  outgoing.end(body);
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
  await answer.resume().toArray();
  return answer.statusCode === 200;
}

async function runLoad(load: TimedLoad): Promise<Timed> {
  const { connections, origin, perSecond } = load;
  const asked = requestsOf(load);
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const ms: number[] = [];
  let failed = 0;
  let next = 0;
  const startedAt = performance.now();
  const sendOn = async (): Promise<void> => {
    for (let index = next++; index < asked.length; index = next++) {
      const meantAt = perSecond === null ? performance.now() : startedAt + (index * 1000) / perSecond;
      await pause(Math.max(0, meantAt - performance.now()));
      if (!(await send(origin, agent, asked[index] as Asked))) failed += 1;
      ms.push(performance.now() - meantAt);
    }
  };
  await Promise.all(Array.from({ length: connections }, sendOn));
  agent.destroy();
  return { ms, failed };
}

process.once('message', (load: TimedLoad) => {
  runLoad(load).then(
    (timed) => process.send?.(timed, () => process.exit(0)),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
