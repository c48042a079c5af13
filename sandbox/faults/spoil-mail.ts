import { SECOND_MS } from '../clock';
import { plainOf, type CallbackMail } from '../callbacks/mail';
import type { Postman } from '../callbacks/postman';
import type { HeldMail, PlainMail } from '../state/types';
import { plan, strike } from '../time/agenda';
import type { World } from '../world';
import { takeCallbackFault } from './take';

const DELAY_MS = 60 * SECOND_MS;
const REORDER_MS = 5 * SECOND_MS;

/**
 * Sends a callback through the ordered faults. What the sandbox watches itself (knocking at an app that starts late) is
 * never kept back, else it would wait for an answer to something it has not sent.
 */
export function sendThroughFaults(world: World, postman: Postman, mail: CallbackMail): void {
  const fault = takeCallbackFault(world, mail);
  if (fault?.kind === 'drop') {
    postman.note(mail, 'dropped');
    return mail.onFailed?.();
  }
  const kept = fault !== null && !mail.onDelivered;
  if (kept && fault.kind === 'delay') return hold(world, postman, mail, fault.ms ?? DELAY_MS, false);
  const overtaken = world.state.held.filter((one) => one.behindNext && isSameWay(one.mail, mail));
  // what goes behind the next one is not followed by a next one that is kept back as well
  if (kept && fault.kind === 'reorder' && overtaken.length === 0)
    return hold(world, postman, mail, fault.ms ?? REORDER_MS, true);
  if (fault?.kind === 'duplicate') postman.send(plainOf(mail));
  postman.send(mail);
  for (const held of overtaken) {
    strike(world, 'callback', held.id);
    release(world, postman, held);
  }
}

/** The time of a held callback has come. */
export function releaseHeld(world: World, postman: Postman, id: string): void {
  const held = world.state.held.find((one) => one.id === id);
  if (held) release(world, postman, held);
}

function hold(world: World, postman: Postman, mail: CallbackMail, ms: number, behindNext: boolean): void {
  const { id } = postman.note(mail, 'held');
  world.state.held.push({ id, mail: plainOf(mail), behindNext });
  plan(world, { atMs: world.clock.now() + ms, kind: 'callback', id });
}

function release(world: World, postman: Postman, held: HeldMail): void {
  world.state.held = world.state.held.filter((other) => other !== held);
  postman.release(held.id, held.mail);
}

function isSameWay(one: PlainMail, other: PlainMail): boolean {
  return one.url === other.url && one.corpId === other.corpId;
}
