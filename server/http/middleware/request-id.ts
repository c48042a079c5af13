import type { Ids } from '../../ids';
import type { AppMiddleware } from '../router';

/** What a proxy in front may hand over; anything else could forge log lines. */
const SANE = /^[\w-]{8,64}$/;
const PREFIX_LENGTH = 10;
const COUNTER_LENGTH = 6;

/**
 * Gives each request an id, or takes the proxy's, and answers with it: people quote it, the log carries it. Ours are a
 * random start per process and a count: they must be unique, not secret, and random bytes for each cost more.
 */
export function requestId(ids: Ids): AppMiddleware {
  const prefix = ids.token(PREFIX_LENGTH);
  let count = 0;
  const makeId = (): string => prefix + (++count).toString(36).padStart(COUNTER_LENGTH, '0');
  return (ctx, next) => {
    const given = ctx.req.headers['x-request-id'];
    const id = typeof given === 'string' && SANE.test(given) ? given : makeId();
    ctx.state.requestId = id;
    ctx.res.setHeader('X-Request-Id', id);
    return next();
  };
}
