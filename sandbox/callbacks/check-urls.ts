import { toSeconds } from '../clock';
import { getProvider } from '../state/find';
import type { Suite } from '../state/types';
import { newId, type World } from '../world';
import { encrypt, keyOf, sign } from './cipher';

/** How one address answered the check that WeCom's console makes when a form is saved. */
export type UrlCheck = {
  readonly url: string;
  readonly ok: boolean;
  readonly status: number | null;
  readonly body: string;
};

/** The console wants the decrypted text back within this. */
const ANSWER_WITHIN_MS = 1000;

/** Checks every callback address of the suites by GET (callbacks.md section 2). The receiver is the provider's corp. */
export async function checkUrls(world: World, suiteId: string | null): Promise<{ checks: UrlCheck[] }> {
  const suites = world.state.suites.filter((suite) => suiteId === null || suite.suiteId === suiteId);
  const checks = suites.flatMap((suite) => {
    const { systemUrl } = getProvider(world, suite.providerId);
    return [suite.commandUrl, suite.dataUrl, systemUrl].map((url) => checkUrl(world, suite, url));
  });
  return { checks: await Promise.all(checks) };
}

async function checkUrl(world: World, suite: Suite, address: string): Promise<UrlCheck> {
  const text = newId('', 10);
  const echo = encrypt(keyOf(suite.callbackAesKey), text, suite.providerId);
  const timestamp = String(toSeconds(world.clock.now()));
  const nonce = newId('', 5);
  const url = new URL(address);
  const signature = sign(suite.callbackToken, timestamp, nonce, echo);
  const query = { msg_signature: signature, timestamp, nonce, echostr: echo };
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
    const body = await response.text();
    return {
      url: address,
      ok: response.status === 200 && body === text,
      status: response.status,
      body: body.slice(0, 200),
    };
  } catch (error) {
    return { url: address, ok: false, status: null, body: error instanceof Error ? error.message : String(error) };
  }
}
