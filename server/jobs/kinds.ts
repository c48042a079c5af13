import { z } from 'zod';

const ofCorp = z.object({ corpId: z.string() });
const nothing = z.object({});

type KindOfJob = {
  readonly payload: z.ZodObject;
  /** Reads much of WeCom and is in no hurry: it never keeps what somebody waits for from running. */
  readonly background: boolean;
};

/** Every kind of job and what one needs to know; here and not with its `run`, so that anything may ask for any. */
export const KINDS = {
  sweep: { payload: nothing, background: true },
  'watch-suite-ticket': { payload: nothing, background: false },
  'ask-closed-corps': { payload: nothing, background: true },
  'forget-corps': { payload: nothing, background: true },
  'forget-strays': { payload: nothing, background: true },
  'plan-trials': { payload: nothing, background: false },
  'plan-reconciliation': { payload: nothing, background: false },
  'follow-ends': { payload: nothing, background: false },
  'plan-orders': { payload: nothing, background: false },
  'refresh-trial': { payload: ofCorp, background: true },
  'refresh-ended': { payload: ofCorp, background: true },
  'poll-order': { payload: ofCorp.extend({ orderId: z.string() }), background: false },
  'plan-reminders': { payload: nothing, background: false },
  'remind-corp': { payload: ofCorp, background: true },
  'reconcile-corp': { payload: ofCorp.extend({ trusting: z.boolean().optional() }), background: true },
} as const satisfies Record<string, KindOfJob>;

export type JobKind = keyof typeof KINDS;
export type PayloadOf<K extends JobKind> = z.output<(typeof KINDS)[K]['payload']>;
