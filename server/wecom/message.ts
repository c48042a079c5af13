import { z } from 'zod';

/**
 * Messages of the app in our words, with WeCom's limits (90372 / 90236). Only what this app sends: cards, files and
 * images. A link needs its scheme; a mini-program must be linked to the app.
 */
const url = z
  .string()
  .regex(/^https?:\/\//)
  .max(2048);
const bytes = (most: number) =>
  z
    .string()
    .min(1)
    .refine((text) => Buffer.byteLength(text) <= most, `at most ${most} bytes`);

const target = z.object({
  url: url.optional(),
  miniProgram: z.object({ appId: z.string().min(1), pagePath: z.string().min(1) }).optional(),
});
const hasTarget = (card: z.output<typeof target>) => (card.url === undefined) !== (card.miniProgram === undefined);
const ONE_TARGET = 'either url or miniProgram';

/** A plain card: title, text, one link. */
const TextCard = z.object({
  kind: z.literal('text_card'),
  title: bytes(128),
  /** May hold `<div class="gray|normal|highlight">`. */
  description: bytes(512),
  url,
  /** WeCom's default is 详情. */
  buttonText: z.string().min(1).max(4).optional(),
});

const face = {
  ...target.shape,
  source: z
    .object({ text: z.string().min(1), colour: z.enum(['grey', 'black', 'red', 'green']).optional() })
    .optional(),
  title: z.string().min(1),
  description: z.string().min(1).optional(),
  subtitle: z.string().min(1).optional(),
  rows: z
    .array(z.object({ label: z.string().min(1), value: z.string(), url: url.optional() }))
    .max(6)
    .optional(),
};
const taskId = z
  .string()
  .regex(/^[\w@-]{1,128}$/)
  .describe('unique per app');

/** template_card text_notice: a notice with rows and links. */
const NoticeCard = z.object({
  kind: z.literal('notice'),
  ...face,
  emphasis: z.object({ title: z.string().min(1), description: z.string().optional() }).optional(),
  links: z
    .array(z.object({ title: z.string().min(1), url }))
    .max(3)
    .optional(),
  taskId: taskId.optional(),
});

/** template_card button_interaction: pressing a button without `url` sends `template_card_event` with its key. */
const ButtonCard = z.object({
  kind: z.literal('buttons'),
  ...face,
  buttons: z
    .array(z.object({ text: z.string().min(1), key: z.string().min(1).max(1024), url: url.optional() }))
    .min(1)
    .max(6),
  taskId,
});

const TemplateCard = z.discriminatedUnion('kind', [
  NoticeCard.refine(hasTarget, ONE_TARGET),
  ButtonCard.refine((card) => !(card.url !== undefined && card.miniProgram !== undefined), ONE_TARGET),
]);
const Card = z.union([TextCard, TemplateCard]);

const envelope = {
  /** A message cannot be split without being sent twice after a fault, so more than WeCom takes at once are refused. */
  toUserIds: z
    .array(z.string().regex(/^(?!@all$)[^|]+$/))
    .min(1)
    .max(1000),
  /** The same message to the same people within this time is sent once: WeCom's own guard against doubles. */
  onceWithinSeconds: z.number().int().min(1).max(14_400).optional(),
  /** Not to be shared, with a watermark. */
  confidential: z.boolean().optional(),
};

/** A card. */
export const Message = z.object({ ...envelope, card: Card });
/** A file or a picture that was uploaded for this corp as the same type, within its three days (40007). */
export const MediaMessage = z.object({
  ...envelope,
  media: z.object({ kind: z.enum(['file', 'image']), mediaId: z.string().min(1) }),
});

export type Card = z.input<typeof Card>;
export type CheckedTemplateCard = z.output<typeof TemplateCard>;
export type AppMessage = z.input<typeof Message> | z.input<typeof MediaMessage>;

/** Whom a message did not reach. With `reachedNobody` (81013) WeCom may not say who is missing for which reason. */
export type SentMessage = {
  readonly messageId: string | null;
  /** Lets an interactive card be changed once, for some days. */
  readonly responseCode: string | null;
  /** Outside the visible range, or no member. */
  readonly invalidUserIds: readonly string[];
  /** In range, without a valid licence. */
  readonly unlicensedUserIds: readonly string[];
  readonly reachedNobody: boolean;
};

/** A button-card's new face: the text its buttons are replaced by, or another card in its place. */
export const CardChange = z.object({
  responseCode: z.string().min(1),
  userIds: z.array(z.string().min(1)).min(1).max(1000),
  to: z.union([z.object({ buttonText: z.string().min(1) }), TemplateCard]),
});
export type CardChange = z.input<typeof CardChange>;
