import { z } from 'zod';

const ofCorp = z.object({ corpId: z.string() });
const nothing = z.object({});

type KindOfJob = {
  readonly payload: z.ZodType;
  /** Reads much of WeCom and is in no hurry: it never keeps what somebody waits for from running. */
  readonly background: boolean;
};

/** Every kind of job and what one needs to know; here and not with its `run`, so that anything may ask for any. */
export const KINDS = {
  sweep: { payload: nothing, background: true },
  'poll-order': { payload: ofCorp.extend({ orderId: z.string() }), background: false },
  'reconcile-corp': { payload: ofCorp, background: true },
} as const satisfies Record<string, KindOfJob>;

export type JobKind = keyof typeof KINDS;
export type PayloadOf<K extends JobKind> = z.output<(typeof KINDS)[K]['payload']>;
