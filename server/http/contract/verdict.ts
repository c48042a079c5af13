import { z } from 'zod';
import { ACTION_IDS } from '../../../domain/actions';
import { CAPABILITIES } from '../../../domain/facts';
import { REASONS } from '../../../domain/reasons';

const Time = z.iso.datetime({ offset: true });

export const ActionView = z.object({
  id: z.enum(ACTION_IDS),
  label: z.string(),
  /** `post`: form to /gate/actions/{id}; `link`: open href; `steps`: unfold how-to on the same screen. */
  kind: z.enum(['post', 'link', 'steps']),
  href: z.string().nullable(),
});

/** One line of 「为什么」: plain words, a date or a count, never an id of another member. */
export const WhyRow = z.object({ label: z.string(), value: z.string() });

export const TraceView = z.object({
  rule: z.string(),
  matched: z.boolean(),
  facts: z.array(z.object({ name: z.string(), source: z.enum(['api', 'callback', 'default']), ageMs: z.number() })),
});

/** The verdict as every client gets it. Times are ISO 8601 with offset; ages and waits in milliseconds. */
export const VerdictView = z
  .object({
    outcome: z.enum(['allow', 'warn', 'wait', 'block']),
    reason: z.enum(REASONS),
    capability: z.enum(CAPABILITIES),
    until: Time.nullable(),
    daysLeft: z.number().int().nullable(),
    audience: z.enum(['member', 'admin']),
    actions: z.array(ActionView),
    next: z.object({ at: Time, reason: z.enum(REASONS) }).nullable(),
    retryAfterMs: z.number().int().optional(),
    checkedAt: Time,
    factsAgeMs: z.number().int(),
    corpId: z.string().nullable(),
    /** Words in the person's language, composed from domain/words. */
    title: z.string(),
    sentence: z.string(),
    /** What the page does about it: banner, sheet (once a day per person), and whether the banner closes. */
    banner: z.boolean(),
    bannerCloses: z.boolean(),
    sheet: z.boolean(),
    why: z.array(WhyRow),
    /** Only for administrators. */
    trace: z.array(TraceView).optional(),
  })
  .meta({ id: 'Verdict' });

export type VerdictView = z.infer<typeof VerdictView>;
export type ActionView = z.infer<typeof ActionView>;

export const VerdictQuery = z.object({ capability: z.enum(CAPABILITIES).default('base') });

export const RequestView = z
  .object({ reason: z.enum(REASONS), askedAt: Time, adminsAsked: z.number().int() })
  .meta({ id: 'Request' });
export type RequestView = z.infer<typeof RequestView>;

export const ErrorView = z
  .object({
    error: z.object({ code: z.string(), message: z.string(), requestId: z.string(), details: z.unknown().optional() }),
  })
  .meta({ id: 'Error' });
export type ErrorView = z.infer<typeof ErrorView>;
