import { request } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { dressUserAgent, parseLook } from './device-look';
import { sendHandover, sendJson, sendNoPhone } from './phone-pages';
import type { Phones } from './phone-state';

/**
 * The phone's own buttons, under `/__phone/`:
 * `start?phone&to[&lang&scheme]` takes this phone in hand and opens a path of the app;
 * `where?phone` says which page it shows; `peek?phone&path` reads a path of the app as this person;
 * `POST forget?phone` signs the person out by dropping the cookies.
 */
export function handleDevice(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  phones: Phones,
  sandbox: string,
): void {
  const url = new URL(incoming.url ?? '/', 'http://phone');
  allowWorkbench(incoming, outgoing);
  const phoneId = url.searchParams.get('phone');
  const phone = phones.find(phoneId);
  if (!phone) return sendNoPhone(incoming, outgoing, sandbox);
  const { device, state } = phone;
  switch (`${incoming.method} ${url.pathname}`) {
    case 'GET /__phone/start':
      state.look = parseLook(url.searchParams, state.look);
      return sendHandover(outgoing, device.phoneId, ownPath(url.searchParams.get('to')));
    case 'GET /__phone/where':
      return sendJson(outgoing, 200, { phoneId: device.phoneId, path: state.where });
    case 'POST /__phone/forget':
      state.forgetCookies();
      return sendJson(outgoing, 200, { phoneId: device.phoneId });
    case 'GET /__phone/peek':
      return peek(outgoing, new URL(ownPath(url.searchParams.get('path')), device.appOrigin), {
        'user-agent': dressUserAgent(device.userAgent, state.look),
        cookie: state.cookiesAt(device.appOrigin).header('/') ?? '',
        accept: 'application/json',
      });
    default:
      return sendJson(outgoing, 404, { error: { code: 'phone.no_route', message: url.pathname } });
  }
}

function peek(outgoing: ServerResponse, url: URL, headers: Record<string, string>): void {
  const call = request(url, { headers });
  call.on('response', (answer) => {
    const type = answer.headers['content-type'] ?? 'application/json';
    outgoing.writeHead(answer.statusCode ?? 502, { 'content-type': type, 'cache-control': 'no-store' });
    answer.pipe(outgoing);
  });
  call.on('error', () => sendJson(outgoing, 502, { error: { code: 'phone.server_down', message: url.origin } }));
  call.end();
}

/** Only a path of the app itself: neither another host (`//host`, `/\host`) nor the phone's own buttons. */
function ownPath(path: string | null): string {
  return path && /^\/(?![/\\])/.test(path) && !path.startsWith('/__phone/') ? path : '/';
}

/** The workbench page is the same host on another port; nobody else may read a phone. */
function allowWorkbench(incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { origin, host } = incoming.headers;
  if (!origin || !URL.canParse(origin) || !host) return;
  if (new URL(origin).hostname !== new URL(`http://${host}`).hostname) return;
  outgoing.setHeader('access-control-allow-origin', origin);
  outgoing.setHeader('vary', 'Origin');
}
