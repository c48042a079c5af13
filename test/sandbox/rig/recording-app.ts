import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decrypt, getSignature } from '@wecom/crypto';
import { XMLParser } from 'fast-xml-parser';
import { CUSTOM_SUITE, THIRD_PARTY_SUITE } from '../../../sandbox/credentials';

export type Received = {
  readonly channel: string;
  readonly path: string;
  readonly receiveId: string;
  readonly toUserName: string;
  readonly xml: string;
  /** The decrypted fields; text as it stands. */
  readonly fields: Record<string, unknown>;
};

/** A provider's server that checks callbacks with WeCom's own library, remembers them and answers as told. */
export type RecordingApp = {
  readonly url: string;
  readonly received: Received[];
  /** What it answers next and from then on; the default is 200 `success`. */
  answer: { status: number; body: string } | 'never';
  of(type: string): Received[];
  close(): Promise<void>;
};

const parser = new XMLParser({ parseTagValue: false, processEntities: false });

export async function startRecordingApp(suite = THIRD_PARTY_SUITE, port = 0): Promise<RecordingApp> {
  const received: Received[] = [];
  const server = createServer((incoming, outgoing) => {
    void readText(incoming).then((body) => {
      const url = new URL(incoming.url ?? '/', 'http://app');
      if (incoming.method === 'GET') return outgoing.end(echo(url));
      received.push(open(url, body));
      if (app.answer === 'never') return;
      outgoing.statusCode = app.answer.status;
      outgoing.end(app.answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const app: RecordingApp = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    answer: { status: 200, body: 'success' },
    of: (type) => received.filter(({ fields }) => fields.InfoType === type || fields.Event === type),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return app;

  function open(url: URL, body: string): Received {
    const envelope = parser.parse(body) as { xml: { ToUserName: string; Encrypt: string } };
    const { message, id } = openSealed(url, envelope.xml.Encrypt);
    const { xml } = parser.parse(message) as { xml: Record<string, unknown> };
    const channel = url.pathname.split('/').at(-1) ?? '';
    const path = `${url.pathname}?corpid=${url.searchParams.get('corpid') ?? ''}`;
    return { channel, path, receiveId: id, toUserName: envelope.xml.ToUserName, xml: message, fields: xml };
  }

  function echo(url: URL): string {
    return openSealed(url, url.searchParams.get('echostr') ?? '').message;
  }

  function openSealed(url: URL, encrypted: string) {
    const { msg_signature, timestamp = '', nonce = '' } = Object.fromEntries(url.searchParams);
    const expected = getSignature(suite.callbackToken, timestamp, nonce, encrypted);
    if (msg_signature !== expected) throw new Error('a callback with a wrong signature');
    return decrypt(suite.callbackAesKey, encrypted);
  }
}

/** The same for the custom app's provider. */
export const startCustomRecordingApp = () => startRecordingApp(CUSTOM_SUITE);

async function readText(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
