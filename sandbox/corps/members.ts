import { commandMail, dataMail } from '../callbacks/mail';
import type { XmlFields } from '../callbacks/xml';
import { toSeconds } from '../clock';
import { sendChangeAuth } from '../install/authorise';
import { keepWaitingCodes } from '../licence/come-back';
import { getSuite } from '../state/find';
import type { Corp, Install, Member, Suite } from '../state/types';
import type { World } from '../world';

/** What can happen to a member. */
export const MEMBER_ACTIONS = ['leave', 'hide', 'show', 'admin', 'unadmin'] as const;
export type MemberAction = (typeof MEMBER_ACTIONS)[number];

/** Somebody joins a corp, inside the app's range. Ids are stable: corp id and number. */
export function addMember(world: World, corp: Corp, name: string): Member {
  const userId = `wo${corp.corpId.slice(2)}M${corp.members.length + 1}`;
  const member: Member = {
    userId,
    openUserId: userId.replace(/^wo/, 'wOpen'),
    name,
    userType: 5,
    admin: false,
    inRange: true,
    left: false,
    outsideSinceMs: null,
  };
  corp.members.push(member);
  tellContact(world, corp, member, 'create_user');
  return member;
}

/** Carries out an action and sends the callbacks that follow from it (callbacks.md sections 5 and 6). */
export function actOnMember(world: World, corp: Corp, member: Member, action: MemberAction): void {
  switch (action) {
    case 'leave':
      if (member.left) return;
      member.left = true;
      member.outsideSinceMs ??= world.clock.now();
      return tellContact(world, corp, member, 'delete_user');
    case 'hide':
    case 'show':
      if (member.inRange === (action === 'show')) return;
      member.inRange = action === 'show';
      if (!member.left) member.outsideSinceMs = member.inRange ? null : world.clock.now();
      if (member.inRange) keepWaitingCodes(world, corp, member);
      return tellRange(world, corp, member);
    case 'admin':
    case 'unadmin':
      if (member.admin === (action === 'admin')) return;
      member.admin = action === 'admin';
      if (member.userType !== 1) member.userType = member.admin ? 4 : 5;
      return tellEvent(world, corp, 'change_app_admin', 'sys', {});
  }
}

/** Third-party apps hear of the address book at the command URL, custom apps at the data URL. */
function tellContact(world: World, corp: Corp, member: Member, changeType: 'create_user' | 'delete_user'): void {
  if (!member.inRange) return;
  const time = toSeconds(world.clock.now());
  const ids: XmlFields = { UserID: member.userId, OpenUserID: member.openUserId };
  const details: XmlFields =
    changeType === 'create_user' ? { Department: '1', MainDepartment: 1, IsLeaderInDept: '0', Status: 1 } : {};
  for (const { install, suite } of standing(world, corp)) {
    if (suite.kind === 'custom') {
      const fields = { FromUserName: 'sys', CreateTime: time, MsgType: 'event', Event: 'change_contact' };
      const change = { ChangeType: changeType, UserID: member.userId, ...details };
      world.send(dataMail(suite, corp, install, 'change_contact', { ...fields, ...change }));
    } else {
      const head = { AuthCorpId: corp.corpId, InfoType: 'change_contact', TimeStamp: time, ChangeType: changeType };
      world.send(commandMail(suite, corp.corpId, 'change_contact', { ...head, ...ids, ...details }));
    }
  }
}

function tellRange(world: World, corp: Corp, member: Member): void {
  for (const { suite } of standing(world, corp)) sendChangeAuth(world, corp, suite);
  tellEvent(world, corp, member.inRange ? 'subscribe' : 'unsubscribe', member.userId, {});
}

/** A data event of every app the corp has. */
export function tellEvent(world: World, corp: Corp, event: string, from: string, extra: XmlFields): void {
  const time = toSeconds(world.clock.now());
  for (const { install, suite } of standing(world, corp)) {
    const fields = { FromUserName: from, CreateTime: time, MsgType: 'event', Event: event, ...extra };
    world.send(dataMail(suite, corp, install, event, fields));
  }
}

/** A data event of one app, if the corp has it. */
export function tellApp(world: World, corp: Corp, suiteId: string, fields: XmlFields & { Event: string }): void {
  for (const { install, suite } of standing(world, corp).filter((one) => one.suite.suiteId === suiteId)) {
    world.send(dataMail(suite, corp, install, fields.Event, fields));
  }
}

function standing(world: World, corp: Corp): { install: Install; suite: Suite }[] {
  return corp.installs
    .filter((install) => install.removedAtMs === null)
    .map((install) => ({ install, suite: getSuite(world, install.suiteId) }));
}
