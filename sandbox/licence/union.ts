import { SECOND_MS } from '../clock';
import { WireError } from '../http/wire-error';
import { findCorp } from '../state/find';
import type { Order, Provider, UnionEntry, UnionJob } from '../state/types';
import { plan } from '../time/agenda';
import { newId, type World } from '../world';
import { durationDays, openOrder, priceFen } from './new-order';
import { openPurchase, requireBuyer, requireOrderable } from './purchase';
import { errcodeOf } from './request';
import { JOB_RESULT_LIFE_MS, MAX_JOB_CORPS } from './spans';

/** A multi-corp job still open to this provider, or a new one. Throws 40058 (unknown), 701126 (submitted). */
export function openUnionJob(world: World, provider: Provider, jobId: string | null): UnionJob {
  if (jobId !== null) {
    const job = requireUnionJob(world, provider, jobId);
    if (job.submittedAtMs !== null) throw new WireError(701126);
    return job;
  }
  const job: UnionJob = {
    jobId: newId('job', 12),
    providerId: provider.corpId,
    entries: [],
    buyerUserId: null,
    submittedAtMs: null,
    status: 2,
    orderId: null,
    failures: [],
  };
  world.state.unionJobs.push(job);
  return job;
}

function requireUnionJob(world: World, provider: Provider, jobId: string): UnionJob {
  const job = world.state.unionJobs.find((one) => one.jobId === jobId && one.providerId === provider.corpId);
  if (!job) throw new WireError(40058, 'invalid jobid');
  return job;
}

/** Adds one corp's purchase to a job. Throws why it cannot: no test corps (701121), each corp once (701124). */
export function addToUnionJob(world: World, provider: Provider, job: UnionJob, entry: UnionEntry): void {
  if (job.entries.length >= MAX_JOB_CORPS) throw new WireError(701123);
  if (job.entries.some((one) => one.corpId === entry.corpId)) throw new WireError(701124);
  requireEntry(world, provider, entry);
  job.entries.push(entry);
}

function requireEntry(world: World, provider: Provider, entry: UnionEntry) {
  const corp = findCorp(world, entry.corpId);
  if (!corp) throw new WireError(40013);
  if (corp.test) throw new WireError(701121);
  requireOrderable(world, provider, corp, entry);
  return corp;
}

/** Hands the job in; the order is made a little later. */
export function submitUnionJob(world: World, provider: Provider, jobId: string, buyerUserId: string): UnionJob {
  const job = openUnionJob(world, provider, jobId);
  requireBuyer(provider, buyerUserId);
  if (job.entries.length === 0) throw new WireError(701122);
  const now = world.clock.now();
  Object.assign(job, { buyerUserId, submittedAtMs: now });
  plan(world, { atMs: now + world.state.settings.jobSeconds * SECOND_MS, kind: 'union_job', id: job.jobId });
  return job;
}

/** Makes the order of a submitted job for every corp that may still order; with none left the job has failed. */
export function finishUnionJob(world: World, job: UnionJob, provider: Provider): void {
  const good = job.entries.filter((entry) => {
    const errcode = errcodeOf(() => void requireEntry(world, provider, entry));
    if (errcode !== 0) job.failures.push({ corpId: entry.corpId, errcode });
    return errcode === 0;
  });
  job.status = good.length > 0 ? 1 : 3;
  if (good.length > 0) job.orderId = openUnion(world, provider, good, job.buyerUserId ?? '').orderId;
}

function openUnion(world: World, provider: Provider, entries: readonly UnionEntry[], buyerUserId: string): Order {
  const total = entries.reduce((sum, one) => sum + priceFen(world, one, durationDays(one.months, one.days)), 0);
  const head = { type: 8 as const, corpId: null, test: false, buyerUserId, priceFen: total };
  const parent = openOrder(world, provider, head);
  for (const { corpId, ...wares } of entries) {
    const corp = findCorp(world, corpId);
    if (corp) openPurchase(world, provider, corp, { ...wares, buyerUserId, parentId: parent.orderId });
  }
  return parent;
}

/** The result of a submitted job, for seven days. Throws 701125 (not submitted), 40058 (unknown or too old). */
export function unionResult(world: World, provider: Provider, jobId: string): UnionJob {
  const job = requireUnionJob(world, provider, jobId);
  if (job.submittedAtMs === null) throw new WireError(701125);
  if (world.clock.now() > job.submittedAtMs + JOB_RESULT_LIFE_MS) throw new WireError(40058, 'jobid is too old');
  return job;
}

/** The same in one go, as a person at the console does. */
export function openUnionNow(
  world: World,
  provider: Provider,
  entries: readonly UnionEntry[],
  buyerUserId: string,
): Order {
  requireBuyer(provider, buyerUserId);
  for (const entry of entries) requireEntry(world, provider, entry);
  return openUnion(world, provider, entries, buyerUserId);
}
