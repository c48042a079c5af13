import { z } from 'zod';
import { HOUR_MS } from '../clock';
import { parseBody, type Answer, type Call, type Wire } from '../http/wire';
import { WireError } from '../http/wire-error';
import { refusesIdentity } from '../licence/opening';
import { findCorp, findInstall, findMember } from '../state/find';
import type { Corp, LoginCode, Member, Suite } from '../state/types';
import { requireCorpToken, requireSuiteToken } from '../tokens/check';
import { newId, type World } from '../world';
import { spendLoginCode } from './login-code';

const USER_TICKET_LIFE_MS = 2 * HOUR_MS;
const UserTicket = z.object({ user_ticket: z.string().default('') });

/** Who a code stands for (login.md sections 1, 2 and 4). */
export function mountIdentity(wire: Wire, world: World): void {
  wire.get('/cgi-bin/service/auth/getuserinfo3rd', (call) => identity3rd(world, call, false));
  wire.get('/cgi-bin/service/getuserinfo3rd', (call) => identity3rd(world, call, true));
  wire.get('/cgi-bin/auth/getuserinfo', (call) => customIdentity(world, call, false));
  wire.get('/cgi-bin/user/getuserinfo', (call) => customIdentity(world, call, true));

  wire.post('/cgi-bin/service/auth/getuserdetail3rd', (call) => {
    requireSuiteToken(world, call);
    const { corp, member } = requireTicketHolder(world, call);
    return { corpid: corp.corpId, userid: member.userId, name: member.userId, gender: '0', avatar: '', qr_code: '' };
  });
  wire.post('/cgi-bin/auth/getuserdetail', (call) => {
    const app = requireCorpToken(world, call);
    const { corp, member } = requireTicketHolder(world, call);
    if (app.corp !== corp) throw new WireError(84015);
    return { userid: member.userId, gender: '0', avatar: '', qr_code: '' };
  });
}

/** A suite's own members and strangers. Not for custom apps: page 91121 forbids it. */
function identity3rd(world: World, call: Call, capitals: boolean): Answer {
  const suite = requireSuiteToken(world, call);
  if (suite.kind === 'custom') throw new WireError(48002);
  const code = spendLoginCode(world, call.query.get('code') ?? '', ['suite', 'corp'], suite.suiteId);
  const found = findHolder(world, code);
  if (!found) return outsider(code, capitals);
  if (refusesIdentity(world, found.corp, found.member, suite)) throw new WireError(701099);
  const { corp, member } = found;
  const ids = { open_userid: member.openUserId, ...userTicket(world, code, corp, member, suite) };
  if (capitals) return { CorpId: corp.corpId, UserId: member.userId, DeviceId: newId('', 8), ...ids };
  return { corpid: corp.corpId, userid: member.userId, ...ids };
}

/** A custom app asks for its own corp: anybody else, also of another corp, is just an openid. */
function customIdentity(world: World, call: Call, capitals: boolean): Answer {
  const { corp, suite } = requireCorpToken(world, call);
  const code = spendLoginCode(world, call.query.get('code') ?? '', ['corp'], suite.suiteId);
  if (code.forCorpId !== corp.corpId) throw new WireError(40029);
  const found = findHolder(world, code);
  if (!found || found.corp !== corp) return outsider(code, capitals);
  if (refusesIdentity(world, corp, found.member, suite)) throw new WireError(701099);
  const { member } = found;
  if (capitals) return { UserId: member.userId, DeviceId: newId('', 8) };
  return { userid: member.userId, ...userTicket(world, code, corp, member, suite) };
}

function outsider(code: LoginCode, capitals: boolean): Answer {
  return capitals ? { OpenId: code.openId, DeviceId: newId('', 8) } : { openid: code.openId };
}

/** The member in service behind a code, or null. */
export function findHolder(world: World, code: LoginCode): { corp: Corp; member: Member } | null {
  const corp = code.corpId === null ? null : findCorp(world, code.corpId);
  const member = corp && code.userId !== null ? findMember(corp, code.userId) : null;
  return corp && member && !member.left ? { corp, member } : null;
}

function userTicket(world: World, code: LoginCode, corp: Corp, member: Member, suite: Suite): Answer {
  if (!code.privateInfo || !member.inRange || !findInstall(corp, suite.suiteId)) return {};
  const ticket = newId('ticket', 24);
  const expiresAtMs = world.clock.now() + USER_TICKET_LIFE_MS;
  world.state.userTickets.push({ ticket, corpId: corp.corpId, userId: member.userId, expiresAtMs });
  return { user_ticket: ticket, expires_in: USER_TICKET_LIFE_MS / 1000 };
}

function requireTicketHolder(world: World, call: Call): { corp: Corp; member: Member } {
  const request = parseBody(UserTicket, call, 84015);
  if (request.user_ticket === '') throw new WireError(84090);
  const ticket = world.state.userTickets.find((one) => one.ticket === request.user_ticket);
  const corp = ticket && findCorp(world, ticket.corpId);
  const member = ticket && corp && findMember(corp, ticket.userId);
  if (!ticket || !corp || !member) throw new WireError(84015);
  if (ticket.expiresAtMs <= world.clock.now()) throw new WireError(84014);
  return { corp, member };
}
