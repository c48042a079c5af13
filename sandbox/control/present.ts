import { plainCorpId } from '../corps/plain-id';
import { appLicenceOf } from '../licence/app-licence';
import { codesOf, statusOf } from '../licence/codes';
import { durationDays } from '../licence/new-order';
import { everPaid, isGenerating } from '../licence/orders';
import { BIND_WITHIN_MS } from '../licence/spans';
import { getSuite, handoversOf, ordersOfCorp } from '../state/find';
import type { Corp, LicenceCode, Member, Order, Phone, Suite } from '../state/types';
import type { World } from '../world';
import { presentFault } from './mount-faults';
import { presentMessage } from './mount-messages';

/** The state holds the newest messages; `GET /sandbox/messages` has all. */
const SHOWN_MESSAGES = 200;

/** The whole sandbox as `GET /sandbox/state` shows it. Times are milliseconds; no secrets beyond the public ones. */
export function presentState(world: World) {
  const { state } = world;
  return {
    now: world.clock.now(),
    phoneOrigin: world.phoneOrigin,
    providers: state.providers.map(({ corpId, name, balanceFen }) => ({ corpId, name, balanceFen })),
    suites: state.suites.map(presentSuite),
    corps: state.corps.map((corp) => presentCorp(world, corp)),
    callbacks: state.callbacks,
    settings: state.settings,
    faults: state.faults.map(presentFault),
    callbackFaults: state.callbackFaults.map(presentFault),
    held: state.held.length,
    phones: state.phones.map(presentPhone),
    messages: state.messages.slice(-SHOWN_MESSAGES).map(presentMessage),
    unions: state.orders.filter((order) => order.type === 8).map((order) => presentOrder(world, order)),
  };
}

function presentSuite(suite: Suite) {
  return {
    suiteId: suite.suiteId,
    name: suite.appName,
    kind: suite.kind,
    providerId: suite.providerId,
    appUrl: new URL(suite.commandUrl).origin,
    reached: suite.ticketConfirmed,
  };
}

export type CorpTruth = ReturnType<typeof presentCorp>;

/** One corp with its people and its licence ledger, as the provider it is played with sees it. */
export function presentCorp(world: World, corp: Corp) {
  const suite = getSuite(world, corp.suiteId);
  const install = corp.installs.find((one) => one.suiteId === suite.suiteId && one.removedAtMs === null);
  const removed = corp.installs.filter((one) => one.suiteId === suite.suiteId).at(-1);
  const licence = appLicenceOf(corp, suite);
  const orders = ordersOfCorp(world, corp.corpId).filter((one) => one.providerId === suite.providerId);
  const codes = codesOf(world, suite.providerId, corp.corpId);
  const heldBy = groupByHolder(codes);
  const handovers = handoversOf(world, corp.corpId).filter((one) => one.providerId === suite.providerId);
  return {
    corpId: corp.corpId,
    plainCorpId: plainCorpId(corp),
    name: corp.name,
    sample: corp.sample,
    kind: corp.kind,
    suiteId: corp.suiteId,
    agentId: install?.agentId ?? null,
    test: corp.test,
    historic: corp.historic,
    contactRights: corp.contactRights,
    appOrder: corp.appOrder,
    links: corp.links,
    crowd: corp.crowd?.count ?? 0,
    installed: install !== undefined,
    removedAt: install ? null : (removed?.removedAtMs ?? null),
    licence: {
      status: licence.status,
      trial: licence.trial && { start: licence.trial.startAtMs, end: licence.trial.endAtMs },
      checkAt: licence.checkAtMs,
    },
    autoActivation: corp.autoActivation[suite.providerId] ?? false,
    everPaid: everPaid(world, suite.providerId, corp.corpId),
    members: corp.members.map((member) => presentMember(member, heldBy.get(member.userId) ?? [])),
    orders: orders.map((order) => presentOrder(world, order)),
    codes: codes.map((code) => presentCode(world, code)),
    handovers: handovers.map(({ atMs, code, fromUserId, toUserId, by }) => ({
      at: atMs,
      code,
      fromUserId,
      toUserId,
      by,
    })),
  };
}

/** Codes by the member bound to them; merged ones are nobody's. */
function groupByHolder(codes: readonly LicenceCode[]): Map<string, LicenceCode[]> {
  const held = new Map<string, LicenceCode[]>();
  for (const code of codes) {
    if (code.userId === null || code.mergedInto !== null) continue;
    held.set(code.userId, [...(held.get(code.userId) ?? []), code]);
  }
  return held;
}

function presentMember(member: Member, codes: readonly LicenceCode[]) {
  return {
    userId: member.userId,
    openUserId: member.openUserId,
    name: member.name,
    admin: member.admin,
    inRange: member.inRange,
    left: member.left,
    seats: codes.map((code) => ({
      type: code.type,
      code: code.code,
      activeAt: code.activeAtMs,
      expiresAt: code.expiresAtMs,
    })),
  };
}

export function presentOrder(world: World, order: Order) {
  return {
    orderId: order.orderId,
    corpId: order.corpId,
    type: order.type,
    parentId: order.parentId,
    status: order.status,
    test: order.test,
    createdAt: order.createdAtMs,
    paidAt: order.paidAtMs,
    base: order.baseCount,
    externalContact: order.externalContactCount,
    months: order.months,
    days: order.days,
    durationDays: durationDays(order.months, order.days),
    newExpiresAt: order.newExpiresAtMs,
    renewals: order.renewals,
    priceFen: order.priceFen,
    generating: isGenerating(world, order),
  };
}

function presentCode(world: World, code: LicenceCode) {
  return {
    code: code.code,
    orderId: code.orderId,
    type: code.type,
    status: statusOf(code, world.clock.now()),
    userId: code.userId,
    createdAt: code.createdAtMs,
    activateBefore: code.userId === null ? code.createdAtMs + BIND_WITHIN_MS : null,
    durationMs: code.durationMs,
    activeAt: code.activeAtMs,
    expiresAt: code.expiresAtMs,
    waitingSince: code.waitingSinceMs,
    mergedInto: code.mergedInto,
    mergedFrom: code.mergedFrom,
    sharedTo: code.sharedTo,
    sharedFrom: code.sharedFrom,
  };
}

export function presentPhone(phone: Phone) {
  return {
    phoneId: phone.id,
    corpId: phone.corpId,
    userId: phone.userId,
    client: phone.client,
    userAgent: phone.userAgent,
  };
}
