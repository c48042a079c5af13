import {
  anyText,
  either,
  integerFrom,
  listOf,
  object,
  oneOfValues,
  text,
  textOfBytes,
  textOfLength,
  type JsonSchema,
} from './json-schema';

/** Cards of message/send (messaging-and-jssdk.md, section 1). */
const url = { ...textOfBytes(2048), pattern: '^https?://' };
const title = object({}, { title: anyText, desc: anyText });
const taskId = { ...textOfBytes(128), pattern: '^[A-Za-z0-9_@-]+$' };
const opens = { url, appid: text, pagepath: text };
const cardAction = object({ type: oneOfValues(1, 2) }, opens);

const face = {
  source: object({}, { icon_url: url, desc: anyText, desc_color: oneOfValues(0, 1, 2, 3) }),
  action_menu: object({ action_list: listOf(object({ text, key: text }), 3, 1) }, { desc: anyText }),
  task_id: taskId,
  main_title: title,
  quote_area: object({}, { type: oneOfValues(0, 1, 2), ...opens, title: anyText, quote_text: anyText }),
  sub_title_text: anyText,
  horizontal_content_list: listOf(
    object({ keyname: text }, { type: oneOfValues(0, 1, 2, 3), value: anyText, url, media_id: text, userid: text }),
    6,
  ),
};
const links = { jump_list: listOf(object({ title: text }, { type: oneOfValues(0, 1, 2), ...opens }), 3) };

const textNotice = {
  ...object(
    { card_type: { const: 'text_notice' }, card_action: cardAction },
    { ...face, ...links, emphasis_content: title },
  ),
  // "it or main_title.title is required"
  anyOf: [{ required: ['main_title'] }, { required: ['sub_title_text'] }],
};
const newsNotice = object(
  { card_type: { const: 'news_notice' }, main_title: title, card_action: cardAction },
  {
    ...face,
    ...links,
    image_text_area: object(
      { image_url: url },
      { type: oneOfValues(0, 1, 2), ...opens, title: anyText, desc: anyText },
    ),
    card_image: object({ url }, { aspect_ratio: { type: 'number', exclusiveMinimum: 1.3, exclusiveMaximum: 2.25 } }),
    vertical_content_list: listOf(object({ title: text }, { desc: anyText }), 4),
  },
);
const buttonInteraction = object(
  {
    card_type: { const: 'button_interaction' },
    main_title: title,
    task_id: taskId,
    button_list: listOf(object({ text }, { type: oneOfValues(0, 1), style: integerFrom(1, 4), key: text, url }), 6, 1),
  },
  { ...face, card_action: cardAction, button_selection: { type: 'object' } },
);
export const templateCard = either(textNotice, newsNotice, buttonInteraction);

const recipients = {
  touser: text,
  toparty: text,
  totag: text,
};
const options = {
  safe: oneOfValues(0, 1, 2),
  enable_id_trans: oneOfValues(0, 1),
  enable_duplicate_check: oneOfValues(0, 1),
  duplicate_check_interval: integerFrom(1, 14_400),
};
const message = (msgtype: string, part: JsonSchema): JsonSchema =>
  object({ msgtype: { const: msgtype }, agentid: integerFrom(0), [msgtype]: part }, { ...recipients, ...options });

const media = object({ media_id: text });

/** The kinds the reference describes field by field, and files and images (90236). */
export const sendBody: JsonSchema = {
  ...either(
    message(
      'textcard',
      object({ title: textOfBytes(128), description: textOfBytes(512), url }, { btntxt: textOfLength(4) }),
    ),
    message('template_card', templateCard),
    message('file', media),
    message('image', media),
    message(
      'miniprogram_notice',
      object(
        { appid: text, title: textOfLength(12, 4) },
        {
          page: text,
          description: textOfLength(12, 4),
          emphasis_first_item: { type: 'boolean' },
          content_item: listOf(object({ key: textOfLength(10), value: textOfLength(30) }), 10),
        },
      ),
    ),
  ),
  anyOf: ['touser', 'toparty', 'totag'].map((name) => ({ required: [name] })),
};
