import { sendSystem } from '../callbacks/mail';
import { toSeconds } from '../clock';
import { findCorp, findInstall, findMember, getSuite } from '../state/find';
import type { AutoScene, Corp, LicenceCode, LicenceType, Member, Suite } from '../state/types';
import type { World } from '../world';
import { appLicenceOf } from './app-licence';
import { bind, remainingMs } from './activate';
import { boundCode, codesOf, freeCodes, statusOf } from './codes';
import { contactRefusal } from './contact-rights';
import { noteHandover } from './handover';
import { AUTO_WINDOW_MS } from './spans';

type Candidate = { readonly code: LicenceCode; readonly old: LicenceCode | null };
type Taken = ReadonlySet<LicenceCode>;
const NONE: Taken = new Set();

/** Codes that are to be bound in a moment, and for whom: provider and userid. */
export type Promised = { readonly to: Set<string>; readonly codes: Set<LicenceCode> };

/** What those who are about to be activated will get: one code serves one of them. */
export function promisedCodes(world: World, corp: Corp): Promised {
  const promised: Promised = { to: new Set(), codes: new Set() };
  for (const { corpId, suiteId, userIds } of world.state.openers) {
    if (corpId !== corp.corpId) continue;
    for (const userId of userIds) {
      const member = findMember(corp, userId);
      if (member) wouldActivate(world, corp, member, getSuite(world, suiteId), promised);
    }
  }
  return promised;
}

/**
 * Whether opening the app in an activating way, or a message, would bind a code to this member now (rules.md section 6),
 * one that is not promised to somebody else; it is promised to them then.
 */
export function wouldActivate(world: World, corp: Corp, member: Member, suite: Suite, promised?: Promised): boolean {
  if (findCandidate(world, corp, member, suite, NONE) === null) return false;
  const { codes, to } = promised ?? promisedCodes(world, corp);
  const key = `${suite.providerId}/${member.userId}`;
  if (to.has(key)) return true;
  const found = findCandidate(world, corp, member, suite, codes);
  if (found === null) return false;
  to.add(key);
  codes.add(found.code);
  return true;
}

/** Binds codes to these members, and tells the provider in one notice. Who no longer qualifies is skipped. */
export function autoActivate(
  world: World,
  corpId: string,
  userIds: readonly string[],
  suiteId: string,
  scene: AutoScene,
): void {
  const corp = findCorp(world, corpId);
  if (!corp) return;
  const suite = getSuite(world, suiteId);
  const accounts = userIds.flatMap((userId) => activateOne(world, corp, suite, userId));
  if (accounts.length === 0) return;
  sendSystem(world, suite.providerId, corpId, 'auto_activate', {
    InfoType: 'auto_activate',
    AuthCorpId: corpId,
    Scene: scene,
    TimeStamp: toSeconds(world.clock.now()),
    AccountList: accounts,
  });
}

function activateOne(world: World, corp: Corp, suite: Suite, userId: string) {
  const member = findMember(corp, userId);
  const found = member && findCandidate(world, corp, member, suite, NONE);
  if (!found) return [];
  const { code, old } = found;
  const left = remainingMs(old, world.clock.now());
  if (statusOf(code, world.clock.now()) === 4) handOver(world, code, userId, old);
  else bind(world, code, userId, old);
  return [
    {
      ActiveCode: code.code,
      Type: code.type,
      ExpireTime: toSeconds(code.expiresAtMs ?? 0),
      UserId: userId,
      PreviousStatus: old === null ? 1 : left > 0 ? 2 : 3,
      PreviousActiveCode: old?.code,
    },
  ];
}

function findCandidate(world: World, corp: Corp, member: Member, suite: Suite, taken: Taken): Candidate | null {
  if (!corp.autoActivation[suite.providerId]) return null;
  if (member.left || !member.inRange || !findInstall(corp, suite.suiteId)) return null;
  if (!inActivatingTime(world, corp, suite) || !needsSeat(world, corp, member, suite.providerId)) return null;
  // a base code serves who opens an app; an external-contact code includes it and serves when no base code is free
  const ofType = (type: LicenceType) => candidateOf(world, corp, member, suite.providerId, type, taken);
  return ofType(1) ?? ofType(2);
}

/** During the trial only in its last 7 days; never while the corp is not checked at all. */
function inActivatingTime(world: World, corp: Corp, suite: Suite): boolean {
  const licence = appLicenceOf(corp, suite);
  if (licence.status === 0) return false;
  return licence.trial === null || licence.trial.endAtMs - world.clock.now() <= AUTO_WINDOW_MS;
}

/** No seat, an expired one, or 7 days or less left on the best one. */
function needsSeat(world: World, corp: Corp, member: Member, providerId: string): boolean {
  const now = world.clock.now();
  const held = ([1, 2] as const).map((type) => boundCode(world, providerId, corp, member.userId, type));
  return held.every((code) => !code || statusOf(code, now) !== 2 || remainingMs(code, now) <= AUTO_WINDOW_MS);
}

function candidateOf(
  world: World,
  corp: Corp,
  member: Member,
  providerId: string,
  type: LicenceType,
  taken: Taken,
): Candidate | null {
  if (type === 2 && contactRefusal(corp, member.userId) !== null) return null;
  const old = boundCode(world, providerId, corp, member.userId, type);
  const free = freeCodes(world, providerId, corp.corpId, type).find((code) => !taken.has(code));
  if (free) return { code: free, old };
  // a waiting code brings no time beyond its own end, so it cannot prolong a seat that is still valid
  if (old && remainingMs(old, world.clock.now()) > 0 && old.waitingSinceMs === null) return null;
  const waiting = waitingCodes(world, providerId, corp.corpId, type).find((code) => !taken.has(code));
  return waiting ? { code: waiting, old: old === waiting ? null : old } : null;
}

function waitingCodes(world: World, providerId: string, corpId: string, type: LicenceType): LicenceCode[] {
  const now = world.clock.now();
  return codesOf(world, providerId, corpId)
    .filter((code) => code.type === type && statusOf(code, now) === 4)
    .sort((a, b) => (b.expiresAtMs ?? 0) - (a.expiresAtMs ?? 0));
}

/** A leaver's code goes to the next member who needs one, with its own expiry. */
function handOver(world: World, code: LicenceCode, userId: string, old: LicenceCode | null): void {
  noteHandover(world, code, userId, 'auto_activation');
  code.userId = userId;
  code.waitingSinceMs = null;
  if (!old) return;
  code.mergedFrom = old.code;
  old.mergedInto = code.code;
}
