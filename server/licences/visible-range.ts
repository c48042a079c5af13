import { z } from 'zod';
import type { Fact } from '../../domain/facts';
import type { CorpsTable, MembersTable } from '../store/schema';

const list = z.array(z.union([z.string(), z.number()]).transform(String)).nullish();

/** `auth_info.agent[].privilege`: who may see the app (90604). */
const Privilege = z.object({ allow_user: list, allow_party: list, allow_tag: list });

const UNKNOWN: Fact<boolean | null> = { value: null, source: 'default', atMs: 0 };

/**
 * Whether the member is in the app's visible range, from what was heard last: an event or a refusal about this member,
 * or an authorisation that lists persons only. Departments and tags cannot be resolved here, so with them nobody knows.
 */
export function readRange(
  corp: Pick<CorpsTable, 'privilege_json' | 'checked_at_ms'>,
  member: Pick<MembersTable, 'user_id' | 'in_range' | 'range_source' | 'range_checked_at_ms'> | null,
): Fact<boolean | null> {
  const listed = member === null ? null : readPrivilege(corp.privilege_json, member.user_id);
  const told = member?.in_range ?? null;
  if (member === null || (listed === null && told === null)) return UNKNOWN;
  if (listed !== null && (told === null || corp.checked_at_ms >= member.range_checked_at_ms))
    return { value: listed, source: 'api', atMs: corp.checked_at_ms };
  return { value: told === null ? null : told === 1, source: member.range_source, atMs: member.range_checked_at_ms };
}

/** Whether the authorisation lists this person; null when it does not decide. */
function readPrivilege(json: string | null, userId: string): boolean | null {
  const parsed = Privilege.safeParse(parseJson(json));
  if (!parsed.success) return null;
  const { allow_party: parties, allow_tag: tags, allow_user: users } = parsed.data;
  if ((parties ?? []).length > 0 || (tags ?? []).length > 0 || (users ?? []).length === 0) return null;
  return (users ?? []).includes(userId);
}

function parseJson(json: string | null): unknown {
  try {
    return json === null ? null : JSON.parse(json);
  } catch {
    // Written by us from WeCom's answer; a row we cannot read decides nothing.
    return null;
  }
}
