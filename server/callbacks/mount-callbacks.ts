import type { Deps } from '../deps';
import { AppError } from '../errors';
import type { AppContext, Router } from '../http/router';
import { handleInbox } from '../jobs/handle-inbox';
import { createInboxWriter, type NewCallback } from '../store/inbox';
import { CHANNELS, type Channel } from './envelope';
import { readPost, readQuestion } from './read-request';
import { answerQuestion, openCallback, type Received } from './receive';

/**
 * WeCom's three receiving addresses. A callback is verified, stored once, and answered `success` after the commit; it is
 * handled later (jobs/handle-inbox). Whatever does not verify is refused and counted, and never answered `success`.
 */
export function mountCallbacks(router: Router, deps: Deps): void {
  const keep = createInboxWriter(deps.store);
  for (const channel of CHANNELS) {
    router.get(`/wecom/${channel}`, (ctx) => counted(deps, channel, () => answer(deps, channel, ctx)));
    router.post(`/wecom/${channel}`, (ctx) => counted(deps, channel, () => receive(deps, channel, ctx, keep)));
  }
}

function answer(deps: Deps, channel: Channel, ctx: AppContext): void {
  sendText(ctx, answerQuestion(deps, channel, readQuestion(ctx.querystring)));
}

async function receive(
  deps: Deps,
  channel: Channel,
  ctx: AppContext,
  keep: (callback: NewCallback) => Promise<void>,
): Promise<void> {
  const received = openCallback(deps, channel, await readPost(ctx.querystring, ctx.req));
  await keep(toRow(deps, received));
  deps.metrics.callback(channel, 'stored');
  deps.events.jobDue(handleInbox.name);
  sendText(ctx, 'success');
}

function toRow({ clock, sealer }: Deps, received: Received): NewCallback {
  const { atMs, channel, corpId, eventKey, type, xml } = received;
  return {
    event_key: eventKey,
    channel,
    type,
    corp_id: corpId,
    event_at_ms: atMs,
    body_sealed: sealer.seal(xml, eventKey),
    received_at_ms: clock.now(),
  };
}

function sendText(ctx: AppContext, text: string): void {
  ctx.set({
    'Cache-Control': 'no-store',
    'Content-Type': 'text/plain; charset=utf-8',
    'X-Content-Type-Options': 'nosniff',
  });
  ctx.body = text;
}

async function counted(deps: Deps, channel: Channel, run: () => void | Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    const code = error instanceof AppError ? error.code : 'internal';
    deps.metrics.callback(channel, code);
    deps.log.warn(
      { channel, code, detail: error instanceof AppError ? error.logDetail : undefined },
      'callback refused',
    );
    throw error;
  }
}
