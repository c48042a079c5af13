import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SuiteCredentials } from '../../sandbox/credentials';
import { decrypt, encrypt, keyOf, sign } from '../../sandbox/callbacks/cipher';

type Handle = (req: IncomingMessage, res: ServerResponse) => void;
type Letter = { readonly path: string; readonly message: string; readonly receiveId: string };

/**
 * Stands in front of the server at its address, and loses, repeats and holds back what WeCom sends, having answered
 * WeCom itself. Letters that are sent on later are sealed and signed anew, as WeCom's own repetitions are.
 */
export type Carrier = {
  readonly origin: string;
  /** The server behind, a new one for each history. */
  readonly serve: (handle: Handle) => void;
  /** What happens to the next letters. */
  readonly treat: (what: 'drop' | 'twice' | 'later', count: number) => void;
  /** Delivers what was held back, in an order of its own. */
  readonly deliverLate: (shuffle: (letters: Letter[]) => Letter[], nowMs: number) => Promise<void>;
  readonly forget: () => void;
  readonly close: () => Promise<void>;
};

const CALLBACK = /^\/wecom\//;
/** Without these the server has nothing to speak with; WeCom pushes them again and again in other ways. */
const NEVER_LOST = /<InfoType><!\[CDATA\[(suite_ticket|create_auth|reset_permanent_code)\]\]>/;
const SENT_ON = 'x-sent-on';

export async function startCarrier({ callbackAesKey, callbackToken }: SuiteCredentials): Promise<Carrier> {
  const secrets = { key: keyOf(callbackAesKey), token: callbackToken };
  let handle: Handle = (_req, res) => void res.writeHead(503).end();
  let late: Letter[] = [];
  let plan: ('drop' | 'twice' | 'later')[] = [];
  const server = createServer((req, res) => {
    const isMail = req.method === 'POST' && CALLBACK.test(req.url ?? '') && req.headers[SENT_ON] === undefined;
    if (isMail && plan.length > 0) void intercept(req, res);
    else handle(req, res);
  });
  const intercept = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const letter = open(req.url ?? '', await readBody(req), secrets);
    const what = NEVER_LOST.test(letter.message) ? undefined : plan.shift();
    if (what !== 'later' && what !== 'drop') await send(letter, nowOf(req.url ?? ''));
    if (what === 'later' || what === 'twice') late.push(letter);
    res.writeHead(200).end('success');
  };
  const send = async (letter: Letter, nowMs: number): Promise<void> => {
    const encrypted = encrypt(secrets.key, letter.message, letter.receiveId);
    const timestamp = String(Math.floor(nowMs / 1000));
    const nonce = 'carried';
    const signature = sign(secrets.token, timestamp, nonce, encrypted);
    const query = `msg_signature=${signature}&timestamp=${timestamp}&nonce=${nonce}`;
    const body = `<xml><ToUserName>x</ToUserName><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`;
    await fetch(`${origin}${letter.path}?${query}`, { method: 'POST', body, headers: { [SENT_ON]: '1' } });
  };
  const origin = await listen(server);
  return {
    origin,
    serve: (next) => void (handle = next),
    treat: (what, count) => void plan.push(...Array.from({ length: count }, () => what)),
    deliverLate: async (shuffle, nowMs) => {
      const letters = shuffle(late);
      late = [];
      for (const letter of letters) await send(letter, nowMs);
    },
    forget: () => {
      late = [];
      plan = [];
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function open(url: string, body: string, { key }: { readonly key: Buffer }): Letter {
  const encrypted = /<Encrypt>(?:<!\[CDATA\[)?([^<\]]+)/.exec(body)?.[1] ?? '';
  return { path: url.split('?')[0] ?? '', ...decrypt(key, encrypted) };
}

function nowOf(url: string): number {
  return Number(new URL(url, 'http://x').searchParams.get('timestamp')) * 1000;
}

async function readBody(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** Listens on a free port of this machine. */
function listen(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });
}
