import { SECOND_MS } from '../clock';
import { WireError } from '../http/wire-error';
import { findCorp, findOrder, partsOf } from '../state/find';
import type { JobFailure, Order, PayJob, Provider } from '../state/types';
import { plan } from '../time/agenda';
import { newId, type World } from '../world';
import { requireAppOrder } from './app-order';
import { payOrder } from './orders';
import { requireBuyer } from './purchase';
import { errcodeOf } from './request';
import { JOB_RESULT_LIFE_MS } from './spans';

/** No errcode is documented for a balance that does not suffice. */
const NOT_ENOUGH = 701085;

/** Starts paying an order from the balance (submit_pay_job). Throws 701084, 701085, 701161. */
export function submitPayJob(world: World, provider: Provider, order: Order, payerUserId: string): PayJob {
  requireBuyer(provider, payerUserId);
  if (order.status !== 0) throw new WireError(701084);
  if (order.payMethod === 'console') throw new WireError(701161);
  const running = world.state.payJobs.some((job) => job.orderId === order.orderId && job.status === 2);
  if (running || order.parentId !== null) throw new WireError(701085);
  order.payMethod = 'balance';
  const now = world.clock.now();
  const head = { jobId: newId('job', 12), providerId: provider.corpId, orderId: order.orderId };
  const job: PayJob = { ...head, submittedAtMs: now, status: 2, errcode: 0, failures: [] };
  world.state.payJobs.push(job);
  plan(world, { atMs: now + world.state.settings.jobSeconds * SECOND_MS, kind: 'pay_job', id: job.jobId });
  return job;
}

/** The money moves, if every corp still passes the check of its app order and the balance suffices. */
export function finishPayJob(world: World, job: PayJob, provider: Provider): void {
  const order = findOrder(world, job.orderId);
  if (order?.status !== 0) return fail(job, 701084, []);
  const failures = [order, ...partsOf(world, order.orderId)].flatMap((one) => checkApp(world, one));
  if (failures.length > 0) return fail(job, 701160, failures);
  if (provider.balanceFen < order.priceFen) return fail(job, NOT_ENOUGH, []);
  provider.balanceFen -= order.priceFen;
  payOrder(world, order, 0);
  job.status = 1;
}

function fail(job: PayJob, errcode: number, failures: JobFailure[]): void {
  Object.assign(job, { status: 3, errcode, failures });
}

function checkApp(world: World, order: Order): JobFailure[] {
  const corp = order.corpId === null || order.type === 2 ? null : findCorp(world, order.corpId);
  if (!corp) return [];
  const errcode = errcodeOf(() => requireAppOrder(world, corp, order));
  return errcode === 0 ? [] : [{ corpId: corp.corpId, errcode }];
}

/** How a payment went, for seven days. */
export function payResult(world: World, provider: Provider, jobId: string): PayJob {
  const job = world.state.payJobs.find((one) => one.jobId === jobId && one.providerId === provider.corpId);
  if (!job) throw new WireError(40058, 'invalid jobid');
  if (world.clock.now() > job.submittedAtMs + JOB_RESULT_LIFE_MS) throw new WireError(40058, 'jobid is too old');
  return job;
}
