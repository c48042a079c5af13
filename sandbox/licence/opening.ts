import { dataMail } from '../callbacks/mail';
import { MINUTE_MS, toSeconds } from '../clock';
import type { Corp, Install, Member, Suite } from '../state/types';
import type { World } from '../world';
import { appLicenceOf, isChecked } from './app-licence';
import { activateSoon } from './activate-soon';
import { wouldActivate } from './auto-activate';
import { holdsSeat } from './codes';

/** One visit opens several pages: unlicensed_notify goes out once for all of them. */
const NOTIFY_EVERY_MS = MINUTE_MS;

export type Opening = {
  readonly corp: Corp;
  readonly member: Member;
  readonly suite: Suite;
  readonly install: Install;
  /** Whether this way in makes WeCom activate (page 96441). */
  readonly activates: boolean;
};

/**
 * A member opens the app inside WeCom. Starts auto-activation where its rules say so; else an unlicensed member is
 * reported to the app, and stopped by WeCom's own page when the setting `interception` says `page`.
 */
export function memberOpens(world: World, opening: Opening): 'app' | 'platform_page' {
  const { corp, member, suite, activates } = opening;
  if (activates && wouldActivate(world, corp, member, suite)) {
    activateSoon(world, corp.corpId, suite.suiteId, 1, [member.userId]);
    return 'app';
  }
  if (!isUnlicensed(world, corp, member, suite)) return 'app';
  notifyUnlicensed(world, opening);
  return world.state.settings.interception === 'page' ? 'platform_page' : 'app';
}

/** Whether the identity calls answer 701099 for this member (setting `interception` = `refuse`; unverified). */
export function refusesIdentity(world: World, corp: Corp, member: Member, suite: Suite): boolean {
  return world.state.settings.interception === 'refuse' && isUnlicensed(world, corp, member, suite);
}

/** In range of an installed app that is being checked, and without a valid seat. */
export function isUnlicensed(world: World, corp: Corp, member: Member, suite: Suite): boolean {
  const installed = corp.installs.some((one) => one.suiteId === suite.suiteId && one.removedAtMs === null);
  if (!installed || !member.inRange || member.left) return false;
  if (!isChecked(appLicenceOf(corp, suite), world.clock.now())) return false;
  return !holdsSeat(world, suite.providerId, corp.corpId, member.userId);
}

function notifyUnlicensed(world: World, { corp, member, suite, install }: Opening): void {
  const now = world.clock.now();
  const key = `${suite.suiteId}/${corp.corpId}/${member.userId}`;
  const last = world.state.notifiedAtMs[key];
  if (last !== undefined && now - last < NOTIFY_EVERY_MS) return;
  world.state.notifiedAtMs[key] = now;
  const fields = {
    FromUserName: member.userId,
    CreateTime: toSeconds(now),
    MsgType: 'event',
    Event: 'unlicensed_notify',
  };
  world.send(dataMail(suite, corp, install, 'unlicensed_notify', fields));
}
