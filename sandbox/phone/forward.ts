import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { acceptLanguage, dressUserAgent } from './device-look';
import { isWecomPage, mapLocation, mapReferer, type Origins } from './origins';
import { sendServerDown } from './phone-pages';
import type { PhoneState } from './phone-state';
import type { PhoneDevice } from './phone-world';

type Headers = Record<string, string | string[]>;

/** Headers that belong to one connection (RFC 9110 §7.6.1) and those the proxy writes itself. */
const NOT_PASSED = new Set([
  ...['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade'],
  ...['host', 'cookie', 'origin', 'referer', 'user-agent', 'accept-language', 'x-sandbox-phone'],
]);
const NOT_RETURNED = new Set([
  ...['connection', 'keep-alive', 'transfer-encoding', 'set-cookie', 'location', 'referrer-policy'],
  ...['x-frame-options', 'strict-transport-security'],
]);

/**
 * Sends the browser's request on as the phone's web view would: own cookies, own user agent, the server's own origin.
 * Bodies are streamed both ways and never changed.
 */
export function forwardAsPhone(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  phone: { device: PhoneDevice; state: PhoneState },
  origins: Origins,
): void {
  // A request target in absolute form would name another server.
  const path = incoming.url?.startsWith('/') ? incoming.url : '/';
  const toWecom = isWecomPage(path);
  const upstream = toWecom ? origins.sandbox : origins.app;
  const jar = phone.state.cookiesAt(upstream);
  const headers = phoneHeaders(incoming, phone, origins, upstream);
  const cookie = jar.header(pathOnly(path));
  if (cookie) headers.cookie = cookie;
  if (toWecom) headers['x-sandbox-phone'] = phone.device.phoneId;
  else noteWhere(incoming, phone.state, origins);

  const send = upstream.startsWith('https:') ? httpsRequest : httpRequest;
  const request = send(new URL(upstream + askedPath(path, origins)), { method: incoming.method, headers });
  request.on('response', (answer) => {
    jar.store(answer.headers['set-cookie'] ?? [], pathOnly(path));
    if (!toWecom && isPage(incoming, answer)) phone.state.where = path;
    outgoing.writeHead(answer.statusCode ?? 502, answerHeaders(answer.headers, origins));
    answer.pipe(outgoing);
    answer.on('error', () => outgoing.destroy());
  });
  request.on('error', () => {
    if (outgoing.headersSent) outgoing.destroy();
    else sendServerDown(incoming, outgoing, upstream);
  });
  outgoing.on('close', () => request.destroy());
  incoming.pipe(request);
}

function phoneHeaders(
  incoming: IncomingMessage,
  phone: { device: PhoneDevice; state: PhoneState },
  origins: Origins,
  upstream: string,
): Headers {
  const headers: Headers = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined && !NOT_PASSED.has(name)) headers[name] = value;
  }
  headers.host = new URL(upstream).host;
  headers['user-agent'] = dressUserAgent(phone.device.userAgent, phone.state.look);
  headers['accept-language'] = acceptLanguage(phone.state.look);
  if (incoming.headers.origin) headers.origin = incoming.headers.origin === origins.phone ? upstream : 'null';
  const referer = mapReferer(incoming.headers.referer, origins, upstream);
  if (referer) headers.referer = referer;
  // To the app the page is the whole web view, not a frame in somebody's page.
  if (headers['sec-fetch-dest'] === 'iframe') headers['sec-fetch-dest'] = 'document';
  if (headers['sec-fetch-mode'] === 'navigate' && !referer && incoming.method === 'GET')
    headers['sec-fetch-site'] = 'none';
  return headers;
}

function answerHeaders(headers: IncomingHttpHeaders, origins: Origins): Headers {
  const passed: Headers = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || NOT_RETURNED.has(name)) continue;
    const text = name.startsWith('content-security-policy') ? openToFrames(value) : value;
    if (text.length > 0) passed[name] = text;
  }
  if (headers.location) passed.location = mapLocation(headers.location, origins);
  // The proxy learns from Referer which page a single-page app shows; other origins still get none.
  passed['referrer-policy'] = 'same-origin';
  return passed;
}

function openToFrames(policy: string | string[]): string {
  return [policy]
    .flat()
    .join(', ')
    .replace(/\s*frame-ancestors[^;,]*;?/gi, '')
    .trim();
}

/** A page that routes by itself loads no new document: its requests tell where it is. */
function noteWhere(incoming: IncomingMessage, state: PhoneState, origins: Origins): void {
  const page = mapReferer(incoming.headers.referer, origins, '');
  if (page && !isWecomPage(page)) state.where = page;
}

function isPage(incoming: IncomingMessage, answer: IncomingMessage): boolean {
  const html = String(answer.headers['content-type'] ?? '').startsWith('text/html');
  return incoming.method === 'GET' && answer.statusCode === 200 && html;
}

/** A page that names its own address in a query (to have it signed) means the address it has on a real phone. */
function askedPath(path: string, origins: Origins): string {
  return path.replaceAll(encodeURIComponent(`${origins.phone}/`), encodeURIComponent(`${origins.app}/`));
}

const pathOnly = (url: string): string => url.split('?', 1)[0] ?? '/';
