import { createServer, request, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startPhone, type PhoneProxy } from '../../sandbox/phone/start-phone';
import type { PhoneDevice } from '../../sandbox/phone/phone-world';

type Answer = { status: number; headers: IncomingHttpHeaders; body: string };
type Script = (incoming: IncomingMessage, outgoing: ServerResponse) => void;

/** A phone proxy between a scripted app server and a scripted WeCom. */
export type PhoneRig = {
  app: { origin: string; seen: IncomingMessage[]; answer: Script };
  wecom: { origin: string; seen: IncomingMessage[]; answer: Script };
  proxy: PhoneProxy;
  clock: { now: number };
  addPhone(phoneId: string, userAgent: string, appOrigin?: string): void;
  get(path: string, phoneId: string | null, headers?: Record<string, string>): Promise<Answer>;
  send(
    method: string,
    path: string,
    phoneId: string | null,
    headers: Record<string, string>,
    body?: string,
  ): Promise<Answer>;
  close(): Promise<void>;
};

export async function startPhoneRig(): Promise<PhoneRig> {
  const app = await startScripted();
  const wecom = await startScripted();
  const devices = new Map<string, PhoneDevice>();
  const clock = { now: 1_000_000 };
  const world = {
    sandboxOrigin: wecom.origin,
    now: () => clock.now,
    findPhone: (id: string) => devices.get(id) ?? null,
  };
  const proxy = await startPhone(world, { port: 0 });
  const send: PhoneRig['send'] = (method, path, phoneId, headers, body) =>
    call(method, proxy.origin + path, phoneId ? { cookie: `sandbox_phone=${phoneId}`, ...headers } : headers, body);
  return {
    app,
    wecom,
    proxy,
    clock,
    addPhone: (phoneId, userAgent, appOrigin = app.origin) => devices.set(phoneId, { phoneId, userAgent, appOrigin }),
    get: (path, phoneId, headers = {}) => send('GET', path, phoneId, { accept: 'text/html', ...headers }),
    send,
    close: async () => {
      await proxy.close();
      await Promise.all([app.close(), wecom.close()]);
    },
  };
}

async function startScripted() {
  const scripted = {
    origin: '',
    seen: [] as IncomingMessage[],
    answer: ((_incoming, outgoing) => outgoing.end('ok')) as Script,
    close: () => new Promise<void>((resolve) => server.close(() => resolve()) && server.closeAllConnections()),
  };
  const server = createServer((incoming, outgoing) => {
    scripted.seen.push(incoming);
    scripted.answer(incoming, outgoing);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  scripted.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return scripted;
}

/** One HTTP call that follows nothing and decodes nothing. */
function call(method: string, url: string, headers: Record<string, string>, body?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers }, (answer) => {
      let text = '';
      answer.setEncoding('latin1').on('data', (chunk: string) => (text += chunk));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text }));
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
