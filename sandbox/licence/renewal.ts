import { DAY_MS, nextShanghaiHour, startOfShanghaiDay } from '../clock';
import { WireError } from '../http/wire-error';
import { findMember, ordersOfCorp } from '../state/find';
import type { Corp, LicenceType, Order, Provider, Renewal, RenewJob } from '../state/types';
import { newId, type World } from '../world';
import { boundCode, codesOfMember } from './codes';
import { renewedExpiry } from './deliver';
import { durationDays, openOrder, priceFen } from './new-order';
import { requireBuyer, requireNoOpenOrder, requireReady } from './purchase';
import { LONGEST_VALIDITY_MS, MAX_ACCOUNTS, MAX_ORDER_DAYS, MIN_ORDER_DAYS } from './spans';

export type Account = { readonly userid: string; readonly type: LicenceType };
export type RenewedSpan = { readonly months: number | null; readonly newExpiresAtMs: number | null };

/** A job of this corp that is still open, or a new one. Throws 40058 (unknown), 701126 (submitted). */
export function openRenewJob(world: World, provider: Provider, corp: Corp, jobId: string | null): RenewJob {
  requireReady(world, provider, corp);
  if (jobId !== null) {
    const job = requireRenewJob(world, provider, jobId);
    if (job.corpId !== corp.corpId) throw new WireError(40058, 'jobid is of another corp');
    return job;
  }
  const owner = { providerId: provider.corpId, corpId: corp.corpId };
  const job: RenewJob = { jobId: newId('job', 12), ...owner, accounts: [], submitted: false };
  world.state.renewJobs.push(job);
  return job;
}

export function requireRenewJob(world: World, provider: Provider, jobId: string): RenewJob {
  const job = world.state.renewJobs.find((one) => one.jobId === jobId && one.providerId === provider.corpId);
  if (!job) throw new WireError(40058, 'invalid jobid');
  if (job.submitted) throw new WireError(701126);
  return job;
}

/** Adds one account to a job. Throws why it cannot be renewed: 701019, 701004, 701020, 701014. */
export function addToRenewJob(world: World, job: RenewJob, corp: Corp, { userid, type }: Account): void {
  if (!findMember(corp, userid)) throw new WireError(701019);
  if (!boundCode(world, job.providerId, corp, userid, type)) throw new WireError(701004);
  if (job.accounts.some((one) => one.userId === userid && one.type === type)) throw new WireError(701020);
  if (job.accounts.filter((one) => one.type === type).length >= MAX_ACCOUNTS) throw new WireError(701014);
  job.accounts.push({ userId: userid, type });
}

/** Makes the order of a job (submit_order_job). */
export function submitRenewJob(
  world: World,
  provider: Provider,
  corp: Corp,
  job: RenewJob,
  span: RenewedSpan,
  buyerUserId: string,
): Order {
  requireBuyer(provider, buyerUserId);
  requireReady(world, provider, corp);
  requireNoOpenOrder(world, provider, corp);
  if (job.accounts.length === 0) throw new WireError(701010);
  const terms = requireSpan(world, corp, span);
  const renewals = job.accounts.flatMap(({ userId, type }) => renewalOf(world, job, corp, userId, type));
  const days = requireGain(world, provider, corp, renewals, terms);
  job.submitted = true;
  const of = (type: LicenceType) => renewals.filter((one) => one.type === type).length;
  const counts = { baseCount: of(1), externalContactCount: of(2) };
  const price = priceFen(world, { baseCount: days[1], externalContactCount: days[2] }, 1);
  const head = { type: 2 as const, corpId: corp.corpId, test: corp.test, buyerUserId, priceFen: price };
  return openOrder(world, provider, { ...head, ...counts, ...terms, renewals });
}

type Terms = { readonly months: number; readonly newExpiresAtMs: number | null };

/** Months, or a date: later than today, at most 1860 days ahead, counted to the end of its day. */
function requireSpan(world: World, corp: Corp, { months, newExpiresAtMs }: RenewedSpan): Terms {
  if ((months === null) === (newExpiresAtMs === null)) throw new WireError(40058, 'either months or new_expire_time');
  if (corp.test) requireTestRenewal(world, corp, months);
  if (newExpiresAtMs === null) {
    const length = durationDays(months ?? 0, 0);
    if (length < MIN_ORDER_DAYS || length > MAX_ORDER_DAYS) throw new WireError(40058, 'account_duration');
    return { months: months ?? 0, newExpiresAtMs: null };
  }
  const now = world.clock.now();
  // 24:00:00 belongs to the day it ends, so one second earlier decides the day
  const endOfDay = nextShanghaiHour(newExpiresAtMs - 1, 0);
  const today = startOfShanghaiDay(now) + DAY_MS;
  if (endOfDay <= today || newExpiresAtMs > now + MAX_ORDER_DAYS * DAY_MS)
    throw new WireError(40058, 'new_expire_time');
  return { months: 0, newExpiresAtMs: endOfDay };
}

/** A test corp renews once, for one month. */
function requireTestRenewal(world: World, corp: Corp, months: number | null): void {
  if (months !== 1) throw new WireError(701028);
  const renewed = ordersOfCorp(world, corp.corpId).some((one) => one.test && one.type === 2 && one.paidAtMs !== null);
  if (renewed) throw new WireError(701029);
}

/** The account as it is at the moment of ordering; whoever lost theirs since is left out. */
function renewalOf(world: World, job: RenewJob, corp: Corp, userId: string, type: LicenceType): Renewal[] {
  const code = codesOfMember(world, job.providerId, corp.corpId, userId).find((one) => one.type === type);
  return code ? [{ userId, type, code: code.code, gainedMs: 0 }] : [];
}

/** Days that all accounts of each type gain together. Throws 701090 (none gains), 701030 (one passes five years). */
function requireGain(world: World, provider: Provider, corp: Corp, renewals: readonly Renewal[], terms: Terms) {
  const now = world.clock.now();
  const days = { 1: 0, 2: 0 };
  for (const { userId, type } of renewals) {
    const before = boundCode(world, provider.corpId, corp, userId, type)?.expiresAtMs ?? now;
    const after = renewedExpiry(terms, before, now);
    if (terms.newExpiresAtMs === null && after - now > LONGEST_VALIDITY_MS) throw new WireError(701030);
    days[type] += Math.ceil((after - Math.max(before, now)) / DAY_MS);
  }
  if (days[1] + days[2] === 0) throw new WireError(701090);
  return days;
}

/** Collecting and submitting in one go, as a person at the console does; null: every account members in service hold. */
export function renewNow(
  world: World,
  provider: Provider,
  corp: Corp,
  chosen: readonly Account[] | null,
  span: RenewedSpan,
  buyerUserId: string,
): Order {
  const job = openRenewJob(world, provider, corp, null);
  for (const account of chosen ?? allAccounts(world, provider, corp)) addToRenewJob(world, job, corp, account);
  return submitRenewJob(world, provider, corp, job, span, buyerUserId);
}

function allAccounts(world: World, provider: Provider, corp: Corp): Account[] {
  return corp.members
    .filter((member) => !member.left)
    .flatMap(({ userId }) =>
      codesOfMember(world, provider.corpId, corp.corpId, userId).map(({ type }) => ({ userid: userId, type })),
    );
}
