import { z } from 'zod';
import type { Suite } from '../state/types';
import { integer, text, type EventShape, type Said } from './shape';

const userIds = { UserID: text.min(1), OpenUserID: text.optional() };
/** Of these only the changed ones appear, and only those the app may see. ExtAttr is left out: its inside is not known. */
const user: Said = {
  ...userIds,
  Name: text.optional(),
  Department: text.optional(),
  MainDepartment: integer.optional(),
  IsLeaderInDept: text.optional(),
  DirectLeader: text.optional(),
  Mobile: text.optional(),
  Position: text.optional(),
  Gender: integer.optional(),
  Email: text.optional(),
  Status: z.union([z.literal(1), z.literal(2), z.literal(4), z.literal(5)]).optional(),
  Avatar: text.optional(),
  Alias: text.optional(),
  Telephone: text.optional(),
};
const list = text.default('');

/** What change_contact says, by ChangeType. */
const CHANGES: Readonly<Record<string, Said>> = {
  create_user: user,
  update_user: { ...user, NewUserID: text.min(1).optional() },
  delete_user: userIds,
  create_party: { Id: integer, Name: text.optional(), ParentId: text, Order: integer.optional() },
  update_party: { Id: integer, Name: text.optional(), ParentId: text.optional() },
  delete_party: { Id: integer },
  update_tag: { TagId: integer, AddUserItems: list, DelUserItems: list, AddPartyItems: list, DelPartyItems: list },
};

export const CHANGE_TYPES = Object.keys(CHANGES);

/**
 * change_contact as this app hears it: a third-party app at its command address and without names, a custom app at its
 * data address. Null for a ChangeType WeCom does not have.
 */
export function findContactChange(kind: Suite['kind'], changeType: unknown): EventShape | null {
  const change = CHANGE_TYPES.includes(String(changeType)) ? CHANGES[String(changeType)] : undefined;
  if (!change) return null;
  const said = z.strictObject({ ChangeType: text, ...change });
  const elements = ['ChangeType', ...Object.keys(change)];
  if (kind === 'custom') {
    const head = ['ToUserName', 'FromUserName', 'CreateTime', 'MsgType', 'Event'];
    return { channel: 'data', elements: [...head, ...elements, 'AgentID'], said };
  }
  const head = ['SuiteId', 'AuthCorpId', 'InfoType', 'TimeStamp'];
  return { channel: 'command', elements: [...head, ...elements], said: said.refine(isNameless, NAMELESS) };
}

const NAMELESS = 'a third-party app gets no names: Name is the id, or left out';

function isNameless({ Name: name, UserID: userId, Id: id }: Record<string, unknown>): boolean {
  return name === undefined || name === String(userId ?? id);
}
