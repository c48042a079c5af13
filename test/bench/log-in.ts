import { setTimeout as pause } from 'node:timers/promises';
import type { BenchWorld } from './bench-world';

/** A member's phone that has opened the app: what it sends with each request. */
export type LoggedIn = { readonly cookie: string; readonly userAgent: string };

const MOST_STEPS = 12;
const MOST_ATTEMPTS = 60;

async function control<T>(world: BenchWorld, path: string, body: object): Promise<T> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${world.sandbox.origin}/sandbox/${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

/** Opens an address as this phone and follows every redirect; gives the cookies that came of it. */
async function follow(url: string, phone: { phoneId: string; userAgent: string }): Promise<string> {
  const jar = new Map<string, string>();
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  let next: string | null = url;
  for (let step = 0; next !== null; step += 1) {
    if (step > MOST_STEPS) throw new Error(`The login does not end: ${next}`);
    const headers = { 'user-agent': phone.userAgent, 'x-sandbox-phone': phone.phoneId, cookie: cookie() };
    const answer: Response = await fetch(next, { headers, redirect: 'manual' });
    for (const set of answer.headers.getSetCookie()) {
      const [pair = ''] = set.split(';');
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    const location = answer.headers.get('location');
    next = location === null ? null : new URL(location, next).toString();
  }
  return cookie();
}

/** Opens the app from the workbench as the first member of this sample corp, once the server knows the corp. */
export async function logIn(world: BenchWorld, corpId: string): Promise<LoggedIn> {
  await world.sandbox.callbacksSettled();
  const userId = world.sandbox.state.corps.find((corp) => corp.corpId === corpId)?.members[0]?.userId;
  const phone = await control<{ phoneId: string; userAgent: string }>(world, 'phones', { corpId, userId });
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
    const { url } = await control<{ url: string }>(world, `phones/${phone.phoneId}/open`, { entry: 'workbench' });
    const cookie = await follow(url, phone);
    const headers = { cookie, 'user-agent': phone.userAgent };
    const verdict = await fetch(`${world.origin}/api/verdict`, { headers });
    const { reason } = (await verdict.json()) as { reason?: string };
    if (verdict.ok && reason !== 'app_not_installed') return { cookie, userAgent: phone.userAgent };
    await pause(500); // the installation is still being told
  }
  throw new Error(`The first member of ${corpId} cannot log in`);
}
