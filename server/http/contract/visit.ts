import { z } from 'zod';
import { ENTRIES } from '../../../domain/facts';
import { RequestView, VerdictView } from './verdict';

/** An address of ours with its query, as on H5; anything else is taken for the app's first page. */
const Page = z.string().max(2048);
const Time = z.iso.datetime({ offset: true });

export const VisitQuery = z.object({ page: Page.default('') });

/** What a page of the app shows for this visit: all that H5 finds in its HTML, for a client that draws its pages itself. */
export const VisitView = z
  .object({
    /** `not_found`: the verdict lets the visitor in, but the page's object is not theirs to see. */
    screen: z.enum(['verdict', 'not_found']),
    verdict: VerdictView,
    lang: z.enum(['zh-CN', 'en']),
    appName: z.string(),
    /** The page asked for, without one-time parameters. */
    returnTo: z.string(),
    person: z.object({
      corpId: z.string().nullable(),
      isAdmin: z.boolean(),
      isOutsider: z.boolean(),
      /** Opaque; tells persons on one device apart. */
      key: z.string().optional(),
    }),
    request: RequestView.omit({ reason: true }).nullable(),
    targetTitle: z.string().nullable(),
    /** WeCom has to be told of this opening by a new login (page 96441). */
    loginAgain: z.boolean(),
    /** How long a verdict that let the visitor in may be shown again while the server cannot be reached. */
    graceMs: z.number().int(),
  })
  .meta({ id: 'Visit' });
export type VisitView = z.infer<typeof VisitView>;

export const SessionRequest = z.object({
  code: z.string().min(1).max(512),
  platform: z.literal('weapp'),
  /** Custom apps: the corp whose token exchanges the code. */
  corpId: z.string().max(64).optional(),
  from: z.enum(ENTRIES).optional(),
  /** The page that was opened; its `from` counts where `from` is not given. */
  page: Page.optional(),
});

export const SessionResponse = z
  .object({ token: z.string(), expiresAt: Time, verdict: VerdictView, visit: VisitView })
  .meta({ id: 'Session' });
export type SessionResponse = z.infer<typeof SessionResponse>;
