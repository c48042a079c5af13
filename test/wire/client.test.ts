import type { ServerResponse } from 'node:http';
import type { Heard } from '../support/scripted-wecom';
import { CREDENTIALS, startScriptedClient } from '../support/wecom-client';
import { CLIENT_CALLS } from './client-calls';
import type { Endpoint } from './description/endpoint';
import { findEndpoint, WIRE } from './description/wire';
import { judgeRequest } from './judge';

const used = WIRE.filter(({ unused }) => unused === undefined);
const OLD_WAY = '/cgi-bin/service/v2/';

/** A WeCom that gives one answer to the call in question, and the usual ones to what leads there. */
function answering(endpoint: Endpoint, body: object) {
  return ({ path }: Heard) => {
    if (path === endpoint.path) return body;
    if (path.startsWith(OLD_WAY)) return { errcode: 40066, errmsg: 'invalid url' };
    return CREDENTIALS[path] ?? findEndpoint(path)?.answers[0]?.body ?? { errcode: 40066 };
  };
}

type Opened = Awaited<ReturnType<typeof startScriptedClient>>;
const opened: Opened[] = [];
afterEach(() => Promise.all(opened.splice(0).map((client) => client.close())));

async function open(answer: Parameters<typeof startScriptedClient>[0]): Promise<Opened> {
  const client = await startScriptedClient(answer, { credentials: 'answered' });
  opened.push(client);
  return client;
}

test('the client has a method for every call described, but for those said to be unused', () => {
  expect(Object.keys(CLIENT_CALLS).sort()).toEqual(used.map(({ name }) => name).sort());
  const reasons = WIRE.flatMap(({ unused }) => unused ?? []);
  expect(reasons.every((reason) => reason.length > 20)).toBe(true);
});

test.each(used.map((endpoint) => [endpoint.name, endpoint] as const))(
  '%s: what the client sends is as described, and it reads every answer described',
  async (name, endpoint) => {
    for (const { body } of endpoint.answers) {
      for (const call of CLIENT_CALLS[name] ?? []) {
        const client = await open(answering(endpoint, body));
        await call(client.wecom);
        const asked = client.heard().filter(({ path }) => path === endpoint.path);
        expect(asked).toHaveLength(1);
        expect(client.heard().flatMap((heard) => judgeRequest(heard))).toEqual([]);
      }
    }
  },
);

test.each(used.map((endpoint) => [endpoint.name, endpoint] as const))(
  '%s: fields WeCom may add one day change nothing, and an answer without what was asked for is refused',
  async (name, endpoint) => {
    const call = CLIENT_CALLS[name]?.[0];
    const body = endpoint.answers[0]?.body ?? {};
    const more = await open(answering(endpoint, { ...body, added_later: { deep: [1] } }));
    await call?.(more.wecom);
    const garbage = (response: ServerResponse) => void response.end('[]');
    const none = await open((heard) => (heard.path === endpoint.path ? garbage : answering(endpoint, body)(heard)));
    await expect(call?.(none.wecom)).rejects.toMatchObject({ code: 'wecom.malformed' });
  },
);
