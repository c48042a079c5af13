import { judgeVisit } from '../../server/licences/gate';
import { noteUnlicensed, pollOrder } from '../../server/licences/poll-order';
import { reconcileCorp } from '../../server/licences/reconcile';
import { openCorp } from '../../server/corps/open-corp';
import { AppError, WecomError } from '../../server/errors';
import type { Truth } from '../support/compare-ledger';
import { createRandom } from './random';
import type { Stage } from './stage';
import type { CorpPlan, History, Step } from './steps';

const MINUTE_MS = 60_000;

/** What of one corp a step can name. */
export type Cast = { readonly corpId: string; readonly plan: CorpPlan };

export async function tellTruth({ sandbox }: Stage, corpId: string): Promise<Truth> {
  const response = await fetch(`${sandbox.origin}/sandbox/corps/${corpId}`);
  return (await response.json()) as Truth;
}

/** Brings the corps of a history on the stage. */
export async function castCorps(stage: Stage, { app, corps }: History): Promise<Cast[]> {
  const cast: Cast[] = [];
  for (const [index, plan] of corps.entries()) {
    const members = Array.from({ length: plan.members }, (_member, number) => `成员${number + 1}`);
    const body = { name: `企业${index + 1}`, kind: app, members, test: plan.kind === 'test' };
    const { corpId } = await stage.order<{ corpId: string }>('corps', body);
    cast.push({ corpId, plan });
  }
  return cast;
}

/** Lets one step happen. What WeCom's rules do not allow at this moment does not happen, and that is part of the history. */
export async function play(stage: Stage, cast: readonly Cast[], step: Step): Promise<void> {
  try {
    await act(stage, cast, step);
  } catch (error) {
    if (!isRefusal(error)) throw error;
  }
  await stage.settle();
}

/** The sandbox says no to the order, or WeCom (or a fault of it) says no to the server. */
function isRefusal(error: unknown): boolean {
  if (error instanceof AppError) return error instanceof WecomError || error.code.startsWith('wecom.');
  return error instanceof Error && /"code":"control\./.test(error.message);
}

async function act(stage: Stage, cast: readonly Cast[], step: Step): Promise<void> {
  const { order } = stage;
  const at = <T>(list: readonly T[], index: number): T | undefined => list[index % Math.max(1, list.length)];
  const corp = 'corp' in step ? at(cast, step.corp) : cast[0];
  if (corp === undefined) return;
  const { corpId } = corp;
  const truth = () => tellTruth(stage, corpId);
  const member = async (index: number) => at((await truth()).members, index)?.userId ?? '';
  // Counted from the newest: that is the one people act on.
  const orderId = async (index: number) => at((await truth()).orders.toReversed(), index)?.orderId ?? 'none';
  switch (step.do) {
    case 'install':
      return void (await order('install', { corpId }));
    case 'uninstall':
      return void (await order('uninstall', { corpId }));
    case 'askAuth':
      return void (await order('change-auth', { corpId }));
    case 'resetCode':
      return void (await order('reset-permanent-code', { corpId }));
    case 'join':
      return void (await order('members', { corpId, name: '新成员' }));
    case 'leave':
    case 'hide':
    case 'show':
      return void (await order('members', { corpId, userId: await member(step.member), action: step.do }));
    case 'buy':
      return void (await order('orders', {
        corpId,
        base: step.base,
        externalContact: step.external,
        months: step.months,
        days: step.days,
      }));
    case 'renew': {
      const until = stage.sandbox.clock.now() + step.untilDays * 1440 * MINUTE_MS;
      return void (await order('renewals', {
        corpId,
        ...(step.months === null ? { until } : { months: step.months }),
      }));
    }
    case 'unite': {
      const entries = cast.map((one) => ({ corpId: one.corpId, base: step.base, months: step.months }));
      const union = await order<{ orderId: string }>('unions', { entries });
      return void (await order(`orders/${union.orderId}/pay`, {}));
    }
    case 'pay':
      return void (await order(`orders/${await orderId(step.order)}/pay`, { generateSeconds: step.generateSeconds }));
    case 'cancel':
      return void (await order(`orders/${await orderId(step.order)}/cancel`, {}));
    case 'askRefund':
      return void (await order(`orders/${await orderId(step.order)}/ask-refund`, {}));
    case 'refund':
      return void (await order(`orders/${await orderId(step.order)}/refund`, { granted: step.granted }));
    case 'poll':
      return void (await pollOrder(stage.deps(), corpId, await orderId(step.order)));
    case 'activate':
      return void (await order('seats', { corpId, userId: await member(step.member), type: step.type }));
    case 'transfer':
      return void (await order('transfers', { corpId, from: await member(step.from), to: await member(step.to) }));
    case 'share':
      return share(stage, cast, step.count, corpId);
    case 'switch':
      return void (await order('auto-activation', { corpId, on: step.on }));
    case 'check':
      return void (await order('checking', { corpId, status: step.on ? 1 : 0 }));
    case 'voidTest':
      return void (await order('test-list', { corpId, test: false }));
    case 'message':
      return sendMessage(
        stage,
        corpId,
        (await truth()).members.map((one) => one.userId),
      );
    case 'visit':
      return visit(stage, corpId, await member(step.member), step);
    case 'clock':
      return void (await order('clock', { advance: `${step.minutes}m` }));
    case 'fault': {
      const { api, errcode, kind, times } = step;
      return void (await order('faults', { endpoint: api, kind, errcode: errcode ?? undefined, times }));
    }
    case 'mail':
      return stage.carrier().treat(step.what, step.count);
    case 'lateMail': {
      const random = createRandom(step.shuffle);
      const shuffled = <T>(list: T[]) => list.map((one) => [random.int(1000), one] as const);
      const sorted = <T>(list: T[]) =>
        shuffled(list)
          .sort(([a], [b]) => a - b)
          .map(([, one]) => one);
      return stage.carrier().deliverLate(sorted, stage.sandbox.clock.now());
    }
    case 'reconcile':
      return reconcile(stage, corpId, step.killAfter);
  }
}

async function share(stage: Stage, cast: readonly Cast[], count: number, from: string): Promise<void> {
  const to = cast.find((one) => one.corpId !== from)?.corpId;
  if (to === undefined) return;
  await stage.order('links', { corpId: from, to });
  const { codes } = await tellTruth(stage, from);
  const free = codes.filter((code) => code.status === 1 && code.sharedFrom === null).slice(0, count);
  if (free.length > 0) await stage.order('shares', { from, to, codes: free.map(({ code }) => code) });
}

async function sendMessage(stage: Stage, corpId: string, userIds: readonly string[]): Promise<void> {
  const deps = stage.deps();
  const corp = await openCorp(deps, corpId);
  if (corp === null) return;
  const card = {
    kind: 'text_card',
    title: '点检提醒',
    description: '今天有点检',
    url: 'https://gate.example/',
  } as const;
  const sent = await deps.wecom.sendMessage(corp, { toUserIds: [...userIds], card });
  await noteUnlicensed(deps, corpId, sent.unlicensedUserIds);
}

async function visit(
  stage: Stage,
  corpId: string,
  userId: string,
  step: Extract<Step, { do: 'visit' }>,
): Promise<void> {
  if (step.entry === 'login') {
    const phone = await stage.phone({ corpId, userId });
    await phone.open(await phone.addressOf('workbench'));
  }
  const entry = step.entry === 'login' ? 'workbench' : step.entry;
  const visitor = { kind: 'member', corpId, userId, entry, loginNamedAgent: false } as const;
  const judging = judgeVisit(stage.deps(), visitor, { capability: step.external ? 'external_contact' : 'base' });
  // WeCom activates a moment after the visit; a clock that stands still would never get there.
  await stage.order('clock', { advance: '2s' });
  await judging;
}

/** A reconciliation, perhaps one that is ended after some parts as a stopping process ends it. */
async function reconcile(stage: Stage, corpId: string, killAfter: number | null): Promise<void> {
  const killed = new AbortController();
  const trusting = { trusting: true };
  if (killAfter === null) return void (await reconcileCorp(stage.deps(), corpId, killed.signal, trusting));
  let parts = 0;
  const watched = new Proxy(killed.signal, {
    get: (signal, name) => {
      if (name === 'aborted' && (parts += 1) > killAfter) killed.abort();
      const value: unknown = Reflect.get(signal, name, signal);
      return value;
    },
  });
  await reconcileCorp(stage.deps(), corpId, watched, trusting);
}
