import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { handleDevice } from './device-routes';
import { forwardAsPhone } from './forward';
import { sendNoPhone } from './phone-pages';
import { createPhones } from './phone-state';
import type { PhoneWorld } from './phone-world';

/** A running phone proxy. */
export type PhoneProxy = {
  origin: string;
  close(): Promise<void>;
};

/**
 * Starts the reverse proxy that stands for the web view of WeCom's client. The browser says by cookie `sandbox_phone`
 * which person's phone it holds; the app server behind sees that phone's user agent and cookies and needs no special
 * mode. WeCom's own pages (authorize, scan login, install consent) are served through it too, as that phone.
 */
export async function startPhone(world: PhoneWorld, options: { port: number; host?: string }): Promise<PhoneProxy> {
  const phones = createPhones(world);
  const server = createServer((incoming, outgoing) => {
    const phoneOrigin = `http://${incoming.headers.host ?? '127.0.0.1'}`;
    const sandbox = seenFrom(world.sandboxOrigin, phoneOrigin);
    if (incoming.url?.startsWith('/__phone/')) return handleDevice(incoming, outgoing, phones, sandbox);
    const phone = phones.find(heldPhone(incoming));
    if (!phone) return sendNoPhone(incoming, outgoing, sandbox);
    const origins = { app: phone.device.appOrigin, sandbox: world.sandboxOrigin, phone: phoneOrigin };
    forwardAsPhone(incoming, outgoing, phone, origins);
  });
  // A page may stay open for long (server-sent events); the phone never hangs up first.
  server.requestTimeout = 0;
  const host = options.host ?? '127.0.0.1';
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, host, resolve);
  });
  return {
    origin: `http://${host}:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function heldPhone(incoming: IncomingMessage): string | null {
  return /(?:^|;\s*)sandbox_phone=([\w-]+)/.exec(incoming.headers.cookie ?? '')?.[1] ?? null;
}

/** The sandbox under the host name that the browser uses for the phone. */
function seenFrom(sandboxOrigin: string, phoneOrigin: string): string {
  const url = new URL(sandboxOrigin);
  url.hostname = new URL(phoneOrigin).hostname;
  return url.origin;
}
