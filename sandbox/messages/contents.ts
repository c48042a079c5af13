import { z } from 'zod';

/** Limits are WeCom's own and count bytes where it says so (90372). Too much is refused here; WeCom may cut instead. */
const bytes = (most: number) => z.string().refine((text) => Buffer.byteLength(text) <= most, `at most ${most} bytes`);
const said = (most: number) => bytes(most).min(1);
const link = z
  .string()
  .regex(/^https?:\/\/./, 'a URL with its scheme')
  .max(2048);
const media = z.object({ media_id: z.string().min(1) });

const textcard = z.object({
  title: said(128),
  description: said(512),
  url: link,
  btntxt: z.string().max(4).optional(),
});

/** 1 url, 2 mini-program; 0 nothing, where that is allowed. */
const target = z
  .object({
    type: z.number().int().min(0).max(3).optional(),
    url: link.optional(),
    appid: z.string().optional(),
    pagepath: z.string().optional(),
  })
  .refine((to) => to.type !== 1 || to.url !== undefined, 'type 1 needs url');
const mini = (to: { type?: number | undefined; appid?: string | undefined }) => to.type !== 2 || Boolean(to.appid);

const face = {
  source: z
    .looseObject({ desc: z.string().optional(), desc_color: z.number().int().min(0).max(3).optional() })
    .optional(),
  action_menu: z
    .object({
      desc: z.string().optional(),
      action_list: z
        .array(z.object({ text: z.string().min(1), key: said(1024) }))
        .min(1)
        .max(3),
    })
    .optional(),
  task_id: z
    .string()
    .regex(/^[\w@-]{1,128}$/)
    .optional(),
  main_title: z.object({ title: z.string().optional(), desc: z.string().optional() }).optional(),
  sub_title_text: z.string().optional(),
  horizontal_content_list: z
    .array(z.looseObject({ type: z.number().int().min(0).max(3).optional(), keyname: z.string().min(1) }))
    .max(6)
    .optional(),
  jump_list: z
    .array(z.looseObject({ type: z.number().int().optional(), title: z.string().min(1) }))
    .max(3)
    .optional(),
};
const cardAction = target.refine((to) => to.type === 1 || to.type === 2, 'type must be 1 or 2').refine(mini, 'appid');
const buttons = z
  .array(
    z
      .looseObject({
        type: z.number().int().min(0).max(1).optional(),
        text: z.string().min(1),
        key: said(1024).optional(),
      })
      .refine((button) => button.type === 1 || button.key !== undefined, 'a button needs its key'),
  )
  .min(1)
  .max(6);
const needsTask = { ...face, task_id: face.task_id.unwrap(), card_action: target.refine(mini, 'appid').optional() };

const templateCard = z
  .discriminatedUnion('card_type', [
    z.looseObject({ card_type: z.literal('text_notice'), ...face, card_action: cardAction }),
    z.looseObject({ card_type: z.literal('news_notice'), ...face, card_action: cardAction }),
    z.looseObject({ card_type: z.literal('button_interaction'), ...needsTask, button_list: buttons }),
    z.looseObject({ card_type: z.literal('vote_interaction'), ...needsTask }),
    z.looseObject({ card_type: z.literal('multiple_interaction'), ...needsTask }),
  ])
  .refine((card) => Boolean(card.sub_title_text || card.main_title?.title), 'main_title.title or sub_title_text')
  .refine((card) => card.action_menu === undefined || card.task_id !== undefined, 'action_menu needs task_id');

const notice = z.object({
  appid: z.string().min(1),
  page: z.string().optional(),
  title: z.string().min(4).max(12),
  description: z.string().min(4).max(12).optional(),
  emphasis_first_item: z.boolean().optional(),
  content_item: z
    .array(z.object({ key: z.string().min(1).max(10), value: z.string().min(1).max(30) }))
    .max(10)
    .optional(),
});

/** What a message of each msgtype must hold, in the field of that name. */
export const CONTENTS: Readonly<Record<string, z.ZodType>> = {
  text: z.object({ content: said(2048) }),
  markdown: z.object({ content: said(2048) }),
  image: media,
  file: media,
  voice: media,
  textcard,
  template_card: templateCard,
  miniprogram_notice: notice,
};

const INTERACTIVE = ['button_interaction', 'vote_interaction', 'multiple_interaction'];

/** Whether the message is a card that can be pressed and changed: it gets a response_code. */
export function isInteractive(content: Readonly<Record<string, unknown>>): boolean {
  return INTERACTIVE.includes(String(content.card_type)) || content.action_menu !== undefined;
}
