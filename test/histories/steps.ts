import { createRandom, type Random } from './random';

/**
 * One thing that happens. Corps, members, orders and codes are named by number, counted round: a step means something
 * whatever was left out before it, which is what lets a failing history be shortened.
 */
export type Step =
  | { readonly do: 'install' | 'uninstall' | 'askAuth' | 'join' | 'resetCode'; readonly corp: number }
  | { readonly do: 'leave' | 'hide' | 'show'; readonly corp: number; readonly member: number }
  | {
      readonly do: 'buy';
      readonly corp: number;
      readonly base: number;
      readonly external: number;
      readonly months: number;
      readonly days: number;
    }
  | { readonly do: 'renew'; readonly corp: number; readonly months: number | null; readonly untilDays: number }
  | { readonly do: 'unite'; readonly base: number; readonly months: number }
  | { readonly do: 'pay'; readonly corp: number; readonly order: number; readonly generateSeconds: number }
  | { readonly do: 'cancel' | 'askRefund' | 'poll'; readonly corp: number; readonly order: number }
  | { readonly do: 'refund'; readonly corp: number; readonly order: number; readonly granted: boolean }
  | { readonly do: 'activate'; readonly corp: number; readonly member: number; readonly type: 1 | 2 }
  | { readonly do: 'transfer'; readonly corp: number; readonly from: number; readonly to: number }
  | { readonly do: 'share'; readonly corp: number; readonly count: number }
  | { readonly do: 'switch'; readonly corp: number; readonly on: boolean }
  | { readonly do: 'check'; readonly corp: number; readonly on: boolean }
  | { readonly do: 'voidTest'; readonly corp: number }
  | { readonly do: 'message'; readonly corp: number }
  | {
      readonly do: 'visit';
      readonly corp: number;
      readonly member: number;
      readonly entry: 'qr' | 'workbench' | 'login';
      readonly external: boolean;
    }
  | { readonly do: 'clock'; readonly minutes: number }
  | {
      readonly do: 'fault';
      readonly api: string;
      readonly kind: FaultKind;
      readonly errcode: number | null;
      readonly times: number;
    }
  | { readonly do: 'mail'; readonly what: 'drop' | 'twice' | 'later'; readonly count: number }
  | { readonly do: 'lateMail'; readonly shuffle: number }
  | { readonly do: 'reconcile'; readonly corp: number; readonly killAfter: number | null };

/** Which of the sandbox's two apps the corps have. */
export type App = 'third_party' | 'custom';
export type History = {
  readonly seed: number;
  readonly app: App;
  readonly corps: readonly CorpPlan[];
  readonly steps: readonly Step[];
};
export type CorpPlan = { readonly members: number; readonly kind: 'real' | 'test' };

const HOUR = 60;
const DAY = 24 * HOUR;
const APIS = [
  '*',
  '/cgi-bin/license/*',
  '/cgi-bin/service/*',
  '/cgi-bin/license/get_order',
  '/cgi-bin/license/list_order_account',
  '/cgi-bin/license/list_actived_account',
  '/cgi-bin/license/get_active_info_by_user',
  '/cgi-bin/license/batch_get_active_info_by_code',
  '/cgi-bin/license/active_account_by_type',
] as const;
/** Refusals of the moment. */
const ERRCODES = [-1, 45009, 45033, 701134, 40014, 42001, 701081, 50003] as const;
/** Before a call has its effect: no connection, a 503 of somebody in between, silence. After it: the answer is lost or cut. */
type FaultKind = 'errcode' | 'down' | 'reset' | 'timeout' | 'token_lost' | 'lost' | 'half_body' | 'malformed';

/** A history that its seed repeats exactly. */
export function makeHistory(seed: number): History {
  const random = createRandom(seed);
  const app = random.chance(0.3) ? 'custom' : 'third_party';
  const corps = Array.from({ length: random.chance(0.3) ? 2 : 1 }, (): CorpPlan => ({
    members: 2 + random.int(3),
    kind: random.chance(0.12) ? 'test' : 'real',
  }));
  const steps: Step[] = corps.map((_corp, corp) => ({ do: 'install', corp }));
  // Most of what is worth trying happens after the trial, with something bought.
  if (random.chance(0.8)) steps.push({ do: 'clock', minutes: 91 * DAY });
  const length = 6 + random.int(14);
  while (steps.length < length) steps.push(...makeStep(random, corps.length));
  return { seed, app, corps, steps };
}

function makeStep(random: Random, corps: number): Step[] {
  const corp = random.int(corps);
  const some = () => random.int(5);
  return random.weighted<() => Step[]>([
    [14, () => purchase(random, corp)],
    [10, () => [{ do: 'activate', corp, member: some(), type: random.chance(0.75) ? 1 : 2 }]],
    [9, () => [visit(random, corp)]],
    [8, () => [{ do: 'clock', minutes: jump(random) }]],
    [5, () => [{ do: 'switch', corp, on: random.chance(0.75) }]],
    [5, () => [{ do: random.pick(['leave', 'hide', 'show'] as const), corp, member: some() }]],
    [5, () => [{ do: 'transfer', corp, from: some(), to: some() }]],
    [4, () => [{ do: 'renew', corp, ...span(random) }, ...(random.chance(0.8) ? [pay(random, corp)] : [])]],
    [4, () => [{ do: 'refund', corp, order: random.int(3), granted: random.chance(0.7) }]],
    [4, () => [fault(random)]],
    [4, () => [{ do: 'mail', what: random.pick(['drop', 'twice', 'later'] as const), count: 1 + random.int(4) }]],
    [3, () => [{ do: 'lateMail', shuffle: random.int(1000) }]],
    [3, () => [{ do: 'uninstall', corp }, ...(random.chance(0.6) ? [{ do: 'install', corp } as const] : [])]],
    [2, () => [{ do: 'reconcile', corp, killAfter: random.chance(0.6) ? random.int(6) : null }]],
    [2, () => [{ do: random.pick(['cancel', 'askRefund', 'poll'] as const), corp, order: random.int(3) }]],
    [2, () => [{ do: 'join', corp }]],
    [2, () => [{ do: 'share', corp, count: 1 + random.int(2) }]],
    [2, () => [{ do: 'message', corp }]],
    [1, () => [{ do: 'unite', base: 1 + random.int(3), months: 1 + random.int(12) }, pay(random, 0)]],
    [1, () => [{ do: 'askAuth', corp }]],
    // Custom apps only; refused for others.
    [1, () => [{ do: 'resetCode', corp }]],
    [1, () => [{ do: 'check', corp, on: random.chance(0.5) }]],
    [1, () => [{ do: 'voidTest', corp }]],
  ])();
}

function purchase(random: Random, corp: number): Step[] {
  const buy: Step = {
    do: 'buy',
    corp,
    base: random.int(4),
    external: random.chance(0.3) ? 1 + random.int(2) : 0,
    months: random.pick([1, 1, 4, 12, 12, 36]),
    days: random.chance(0.2) ? random.int(31) : 0,
  };
  return random.chance(0.85) ? [buy, pay(random, corp)] : [buy];
}

function pay(random: Random, corp: number): Step {
  return { do: 'pay', corp, order: 0, generateSeconds: random.chance(0.3) ? random.int(3000) : 0 };
}

function fault(random: Random): Step {
  const kind = random.weighted<FaultKind>([
    [8, 'errcode'],
    [2, 'down'],
    [2, 'reset'],
    [3, 'lost'],
    [1, 'half_body'],
    [1, 'malformed'],
    [1, 'token_lost'],
    [0.3, 'timeout'],
  ]);
  const errcode = kind === 'errcode' ? random.pick(ERRCODES) : null;
  // Each silence is waited out.
  const times = kind === 'timeout' ? 1 : 1 + random.int(4);
  return { do: 'fault', api: random.pick(APIS), kind, errcode, times };
}

function span(random: Random): { months: number | null; untilDays: number } {
  return random.chance(0.7)
    ? { months: 1 + random.int(12), untilDays: 0 }
    : { months: null, untilDays: 40 + random.int(900) };
}

function visit(random: Random, corp: number): Step {
  const entry = random.pick(['qr', 'workbench', 'workbench', 'login'] as const);
  return { do: 'visit', corp, member: random.int(5), entry, external: random.chance(0.2) };
}

/** Minutes, hours, days, months, now and then years. */
function jump(random: Random): number {
  return random.weighted([
    [3, () => 1 + random.int(15)],
    [3, () => HOUR * (1 + random.int(30))],
    [4, () => DAY * (1 + random.int(40))],
    [2, () => DAY * (60 + random.int(330))],
    [0.4, () => DAY * 365 * (1 + random.int(3))],
  ])();
}
