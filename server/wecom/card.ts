import type { z } from 'zod';
import type { CheckedTemplateCard as TemplateCard, Message } from './message';

type CheckedCard = z.output<typeof Message>['card'];

/** WeCom's colours of a card's source line. */
const COLOURS = { grey: 0, black: 1, red: 2, green: 3 } as const;
/** `type` of card_action, jump_list and horizontal_content_list: 1 opens an address, 2 a mini-program. */
const OPENS_URL = 1;
const OPENS_MINI_PROGRAM = 2;

/** A card as message/send takes it: `msgtype` and the part named after it. */
export function wireCard(card: CheckedCard): object {
  if (card.kind === 'text_card') {
    const { buttonText, description, title, url } = card;
    return { msgtype: 'textcard', textcard: { title, description, url, ...(buttonText && { btntxt: buttonText }) } };
  }
  return { msgtype: 'template_card', template_card: wireTemplateCard(card) };
}

/** A template card alone, as update_template_card takes it too. */
export function wireTemplateCard(card: TemplateCard): object {
  const face = wireFace(card);
  if (card.kind === 'buttons') {
    const button_list = card.buttons.map(({ key, text, url }) =>
      url ? { type: 1, text, url } : { type: 0, text, key },
    );
    return { card_type: 'button_interaction', ...face, task_id: card.taskId, button_list };
  }
  const { emphasis, links, taskId } = card;
  return {
    card_type: 'text_notice',
    ...face,
    ...(taskId && { task_id: taskId }),
    ...(emphasis && { emphasis_content: wireTitle(emphasis) }),
    ...(links && { jump_list: links.map(({ title, url }) => ({ type: OPENS_URL, title, url })) }),
  };
}

function wireFace({ description, miniProgram, rows, source, subtitle, title, url }: TemplateCard): object {
  return {
    ...(source && { source: { desc: source.text, ...(source.colour && { desc_color: COLOURS[source.colour] }) } }),
    main_title: wireTitle({ title, description }),
    ...(subtitle && { sub_title_text: subtitle }),
    ...(rows && { horizontal_content_list: rows.map(wireRow) }),
    ...(url && { card_action: { type: OPENS_URL, url } }),
    ...(miniProgram && {
      card_action: { type: OPENS_MINI_PROGRAM, appid: miniProgram.appId, pagepath: miniProgram.pagePath },
    }),
  };
}

function wireTitle({ description, title }: { title: string; description?: string | undefined }): object {
  return { title, ...(description && { desc: description }) };
}

function wireRow({ label, url, value }: { label: string; value: string; url?: string | undefined }): object {
  return { keyname: label, value, ...(url && { type: OPENS_URL, url }) };
}
