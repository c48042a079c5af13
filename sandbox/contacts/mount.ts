import { z } from 'zod';
import { parseBody, type Answer, type Call, type Wire } from '../http/wire';
import { WireError } from '../http/wire-error';
import { pageOf } from '../licence/paging';
import { findMember } from '../state/find';
import type { Member } from '../state/types';
import { requireCorpToken } from '../tokens/check';
import type { World } from '../world';

const ListIds = z.object({
  cursor: z.string().default(''),
  limit: z.number().int().min(1).max(10_000).default(10_000),
});
/** Every corp of the sandbox is one department. */
const ROOT = 1;

/** The address book as an app may read it: who is in range, by id; a third-party app gets no names. */
export function mountContacts(wire: Wire, world: World): void {
  wire.get('/cgi-bin/user/get', (call) => {
    const app = requireCorpToken(world, call);
    const member = findMember(app.corp, call.query.get('userid') ?? '');
    if (!member || member.left) throw new WireError(60111);
    if (!member.inRange) throw new WireError(60011);
    return { ...describe(app, member), main_department: ROOT, status: 1, is_leader_in_dept: [0] };
  });

  wire.post('/cgi-bin/user/list_id', (call) => {
    const app = requireCorpToken(world, call);
    const { items, paging } = pageOf(inRange(app), parseBody(ListIds, call));
    const people = items.map((member) => ({ userid: member.userId, department: ROOT }));
    return { next_cursor: paging.next_cursor, dept_user: people };
  });

  wire.get('/cgi-bin/user/simplelist', (call) => {
    const app = requireCorpToken(world, call);
    requireRoot(call, 'department_id');
    return { userlist: inRange(app).map((member) => describe(app, member)) };
  });

  wire.get('/cgi-bin/department/simplelist', (call) => {
    requireCorpToken(world, call);
    return { department_id: [{ id: ROOT, parentid: 0, order: 1 }] };
  });

  wire.get('/cgi-bin/department/list', (call) => {
    requireCorpToken(world, call);
    if (call.query.has('id')) requireRoot(call, 'id');
    return { department: [{ id: ROOT, name: String(ROOT), parentid: 0, order: 1 }] };
  });
}

type App = ReturnType<typeof requireCorpToken>;

function inRange({ corp }: App): Member[] {
  return corp.members.filter((member) => !member.left && member.inRange);
}

function describe({ suite }: App, member: Member): Answer {
  const name = suite.kind === 'custom' ? member.name : member.userId;
  return { userid: member.userId, open_userid: member.openUserId, name, department: [ROOT] };
}

function requireRoot(call: Call, name: string): void {
  if (call.query.get(name) !== String(ROOT)) throw new WireError(60123);
}
