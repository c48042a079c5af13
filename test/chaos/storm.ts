import type { Random } from '../histories/random';

/** Requests by which a moment is named. */
export const MOMENTS = {
  any: /./,
  login: /getuserinfo3rd$/,
  /** A member's seats are looked for, and are not bound yet. */
  seats: /get_active_info_by_user$/,
  /** A code is being used up. */
  activation: /active_account_by_type$/,
  /** WeCom sends one callback after the other: those before this one have been acknowledged just now. */
  callback: /^\/wecom\//,
  order: /license\/(get_order|list_order_account|list_order)$/,
} as const satisfies Record<string, RegExp>;

/** What the sandbox does to calls, as `POST /sandbox/faults` takes it. */
export type WecomFault = {
  readonly endpoint: string;
  readonly kind: string;
  readonly share: number;
  readonly ms?: number;
  readonly errcode?: number;
};

/** What goes wrong at once. */
export type Strike = {
  readonly faults: readonly WecomFault[];
  /** Processes are killed and PostgreSQL crashes at the nth request of a kind. */
  readonly at: keyof typeof MOMENTS;
  readonly nth: number;
  /** Which processes. */
  readonly kills: readonly number[];
  readonly crash: boolean;
  /** How far the clock moves, step by step, until all is well again. */
  readonly stepsSeconds: readonly number[];
};

const ENDPOINTS = [
  '*',
  '*',
  '/cgi-bin/license/*',
  '/cgi-bin/service/*',
  '/cgi-bin/license/get_active_info_by_user',
  '/cgi-bin/license/active_account_by_type',
  '/cgi-bin/license/get_order',
] as const;

type Draw = (random: Random) => Strike;

/** Every kind of strike, once per round. */
const KINDS: readonly Draw[] = [
  (random) => strike(random, { kills: one(random) }),
  (random) => strike(random, { kills: one(random), at: 'callback' }),
  (random) => strike(random, { kills: one(random), at: 'activation' }),
  (random) => strike(random, { kills: [0, 1] }),
  (random) => strike(random, { crash: true }),
  (random) => strike(random, { crash: true, kills: some(random) }),
  (random) => strike(random, { faults: faults(random) }),
  (random) => strike(random, { faults: faults(random), kills: some(random) }),
  (random) => strike(random, { faults: faults(random), crash: true, kills: random.chance(0.5) ? some(random) : [] }),
];

export type Storm = {
  /** Each kind once, in an order and with details that only the seed knows. */
  readonly strikes: readonly Strike[];
  /** After which of them a process dies in the middle of an activation, and which process. */
  readonly victim: { readonly after: number; readonly nth: number };
};

export function makeStorm(random: Random): Storm {
  const left = [...KINDS];
  const strikes: Strike[] = [];
  while (left.length > 0) strikes.push(...left.splice(random.int(left.length), 1).map((draw) => draw(random)));
  return { strikes, victim: { after: random.int(KINDS.length), nth: random.int(2) } };
}

function strike(random: Random, given: Partial<Strike>): Strike {
  const at = given.at ?? random.pick(Object.keys(MOMENTS) as (keyof typeof MOMENTS)[]);
  const steps = 1 + random.int(given.faults === undefined ? 2 : 4);
  const stepsSeconds = Array.from({ length: steps }, () => 5 + random.int(55));
  return {
    faults: [],
    kills: [],
    crash: false,
    ...given,
    at,
    nth: 1 + random.int(at === 'any' ? 60 : 5),
    stepsSeconds,
  };
}

const one = (random: Random): number[] => [random.int(2)];
const some = (random: Random): number[] => (random.chance(0.4) ? [0, 1] : one(random));

function faults(random: Random): WecomFault[] {
  return Array.from({ length: 1 + random.int(2) }, () => ({
    endpoint: random.pick(ENDPOINTS),
    share: random.pick([1, 1, 0.5, 0.2]),
    ...random.weighted<() => Omit<WecomFault, 'endpoint' | 'share'>>([
      [3, () => ({ kind: 'timeout' })],
      [3, () => ({ kind: 'slow', ms: 200 + random.int(3000) })],
      [2, () => ({ kind: 'reset' })],
      [2, () => ({ kind: 'down' })],
      [2, () => ({ kind: 'errcode', errcode: -1 })],
      [1, () => ({ kind: 'errcode', errcode: 45009 })],
      [2, () => ({ kind: 'lost' })],
      [1, () => ({ kind: 'half_body' })],
      [1, () => ({ kind: 'malformed' })],
      [1, () => ({ kind: 'token_lost' })],
    ])(),
  }));
}
