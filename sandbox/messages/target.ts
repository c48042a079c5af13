import type { Message } from '../state/types';

/** Title and text of a message as a phone would show it, and where pressing it leads (null: nowhere, or a mini-program). */
export function faceOf({ content, fileName, msgType }: Message): { title: string; text: string; url: string | null } {
  if (msgType === 'template_card') return faceOfCard(content);
  const { title, description, url, content: body } = content;
  return {
    title: textOf(title) || textOf(fileName),
    text: textOf(description) || textOf(body),
    url: textOf(url) || null,
  };
}

function faceOfCard(card: Message['content']): ReturnType<typeof faceOf> {
  const main = partOf(card.main_title);
  const rows = listOf(card.horizontal_content_list).map((row) => `${textOf(row.keyname)}：${textOf(row.value)}`);
  const texts = [textOf(main.desc), textOf(card.sub_title_text), ...rows];
  return {
    title: textOf(main.title) || textOf(card.sub_title_text),
    text: texts.filter((text) => text !== '').join('\n'),
    url: textOf(partOf(card.card_action).url) || null,
  };
}

/** The buttons that send template_card_event. */
export function buttonsOf({ content }: Message): { key: string; text: string }[] {
  const lists = [...listOf(content.button_list), ...listOf(partOf(content.action_menu).action_list)];
  const own = lists.filter((button) => button.type !== 1 && textOf(button.key) !== '');
  return own.map((button) => ({ key: textOf(button.key), text: textOf(button.text) }));
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function partOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function listOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.map(partOf) : [];
}
