import type { Context } from 'koa';
import { findCorp, findMember } from '../state/find';
import type { Corp, Member, Phone } from '../state/types';
import type { World } from '../world';

/** Somebody holding a device: a member in service of a corp, or a person without WeCom. */
export type Person = { readonly openId: string; readonly corp: Corp | null; readonly member: Member | null };

/** Cookie, header or query parameter that says which phone a request comes from. */
export const PHONE_COOKIE = 'sandbox_phone';
export const PHONE_HEADER = 'x-sandbox-phone';

/** Who that is, seen from WeCom: somebody who left their corp is nobody's member any more. */
export function personOf(world: World, phone: Phone): Person {
  const corp = phone.corpId === null ? null : findCorp(world, phone.corpId);
  const member = corp && phone.userId !== null ? findMember(corp, phone.userId) : null;
  if (!corp || !member || member.left) return { openId: phone.openId, corp: null, member: null };
  return { openId: phone.openId, corp, member };
}

export function findPhone(world: World, phoneId: string): Phone | null {
  return world.state.phones.find((phone) => phone.id === phoneId) ?? null;
}

/** The phone this request was sent from, if it says. */
export function findPhoneOf(world: World, ctx: Context): Phone | null {
  const header = ctx.get(PHONE_HEADER);
  const named = header || ctx.URL.searchParams.get(PHONE_HEADER) || ctx.cookies.get(PHONE_COOKIE) || '';
  return findPhone(world, named);
}
