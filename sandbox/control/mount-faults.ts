import { z } from 'zod';
import type { Router } from '../http/router';
import { PAGES } from '../faults/pages';
import { CALL_ONLY, CALLBACK_FAULT_KINDS, FAULT_KINDS, type CallbackFault, type Fault } from '../state/types';
import { corpTokenKey, revokeTokens } from '../tokens/issue';
import { newId, type World } from '../world';
import { ControlError, mountOrder, providerOf, requireCorp } from './request';

const limits = {
  corpId: z.string().min(1).optional(),
  ms: z.number().int().min(0).max(3_153_600_000).optional(),
  share: z.number().min(0).max(1).default(1),
  times: z.number().int().min(1).optional(),
};
const CallFault = z.strictObject({
  endpoint: z.string().regex(/^(\*|\/.*)$/, 'a path like /cgi-bin/license/get_order, a prefix ending in *, or *'),
  kind: z.enum(FAULT_KINDS),
  errcode: z.number().int().optional(),
  ...limits,
});
const MailFault = z.strictObject({
  callback: z.string().regex(/^(\*|\w+)$/, 'an InfoType or Event, or *'),
  kind: z.enum(CALLBACK_FAULT_KINDS),
  ...limits,
});
const Clear = z.strictObject({ clear: z.union([z.literal(true), z.string()]) });
const Faults = z.union([Clear, CallFault, MailFault]);
const Seed = z.strictObject({ seed: z.number().int() });
const Revoke = z.strictObject({
  corpId: z.string().optional(),
  kind: z.enum(['suite', 'provider', 'corp']).optional(),
});

/** What goes wrong on WeCom's side, and the dice that decide how often. */
export function mountFaults(router: Router, world: World): void {
  mountOrder(router, 'faults', Faults, (body) => {
    if ('clear' in body) clear(world, body.clear);
    else if ('callback' in body) world.state.callbackFaults.push(callbackFaultOf(body));
    else world.state.faults.push(faultOf(body, router.paths()));
    const { faults, callbackFaults } = world.state;
    return { faults: faults.map(presentFault), callbackFaults: callbackFaults.map(presentFault) };
  });

  mountOrder(router, 'seed', Seed, ({ seed }) => {
    world.state.dice = seed | 0;
  });

  // WeCom may end tokens before their time
  mountOrder(router, 'revoke-tokens', Revoke, ({ corpId, kind }) => {
    if (corpId !== undefined) {
      const corp = requireCorp(world, corpId);
      const keys = {
        corp: corpTokenKey(corp.suiteId, corpId),
        suite: corp.suiteId,
        provider: providerOf(world, corp).corpId,
      };
      return revokeTokens(world, keys[kind ?? 'corp']);
    }
    world.state.tokens = world.state.tokens.filter((token) => kind !== undefined && token.kind !== kind);
  });
}

function clear(world: World, which: true | string): void {
  const stays = (fault: { id: string }) => which !== true && fault.id !== which;
  world.state.faults = world.state.faults.filter(stays);
  world.state.callbackFaults = world.state.callbackFaults.filter(stays);
}

function faultOf(
  { endpoint, kind, corpId, errcode, ms, share, times }: z.infer<typeof CallFault>,
  mounted: readonly string[],
): Fault {
  const beginning = endpoint.replace(/\*$/, '');
  const fits = (path: string) => (beginning === endpoint ? path === endpoint : path.startsWith(beginning));
  if (!mounted.some((way) => fits(way.slice(way.indexOf(' ') + 1)))) {
    throw new ControlError(400, `nothing is at ${endpoint}`);
  }
  const page = PAGES.find((prefix) => endpoint.startsWith(prefix));
  if (page && CALL_ONLY.includes(kind)) {
    throw new ControlError(400, `a fault of kind ${kind} is for calls: a page has neither JSON nor a token`);
  }
  if (kind === 'errcode' && errcode === undefined) throw new ControlError(400, 'a fault of kind errcode needs errcode');
  const limit = { share, times: times ?? null };
  const id = newId('fault', 4);
  return { id, endpoint, kind, corpId: corpId ?? null, errcode: errcode ?? null, ms: ms ?? null, ...limit };
}

function callbackFaultOf({ callback, kind, corpId, ms, share, times }: z.infer<typeof MailFault>): CallbackFault {
  const id = newId('fault', 4);
  return { id, callback, kind, corpId: corpId ?? null, ms: ms ?? null, share, times: times ?? null };
}

/** A fault as the control API shows it: only what was ordered. */
export function presentFault<T extends object>(fault: T): Partial<T> {
  return Object.fromEntries(Object.entries(fault).filter(([, value]) => value !== null)) as Partial<T>;
}
