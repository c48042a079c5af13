import { formatDay, formatTime } from '../calendar';
import { h, type VNode } from '../h';
import type { Corp, Message } from '../state';
import type { Page } from '../ui';

/** What the app has sent to people of this corp, newest first. */
export function messagesOf({ ui }: Page, corp: Corp | null): Message[] {
  return (ui.state?.messages ?? []).filter((message) => message.corpId === corp?.corpId).reverse();
}

/** The person's own messages on their phone; pressing one opens where it leads. */
export function drawInbox(page: Page): VNode | null {
  const { say, act, corp, member, nowMs, ui } = page;
  const got = messagesOf(page, corp).filter((one) => !one.recalled && one.toUserIds.includes(member?.userId ?? ''));
  if (got.length === 0) return null;
  return h(
    'section',
    { class: 'inbox', key: 'inbox', 'aria-label': say('homeMessages') },
    h('h2', {}, say('homeMessages')),
    got.slice(0, 6).map((message) =>
      h(
        'button',
        {
          class: 'inbox-card',
          key: message.msgId,
          disabled: message.url === null,
          onclick: () => void act.openMessage(message.msgId),
        },
        h('small', {}, `${formatDay(message.at, nowMs, ui.lang)} ${formatTime(message.at)}`),
        h('b', {}, message.title || say('noTitle')),
        message.text !== '' && h('span', {}, message.text.replace(/<[^>]*>/g, '')),
      ),
    ),
  );
}

/** All of the corp's messages with whom they did not reach. */
export function drawMessageRows(page: Page): VNode[] {
  const { say, corp, nowMs, ui } = page;
  const messages = messagesOf(page, corp);
  if (messages.length === 0) return [h('li', { class: 'none', key: 'none' }, say('noMessages'))];
  return messages.map((message) => {
    const missed = message.unlicensedUserIds.length;
    const names = message.toUserIds.map((id) => corp?.members.find((one) => one.userId === id)?.name ?? id).join('、');
    return h(
      'li',
      { key: message.msgId },
      h(
        'div',
        {},
        h('span', {}, message.title || say('noTitle')),
        h('small', {}, `${formatDay(message.at, nowMs, ui.lang)} ${formatTime(message.at)} · ${names}`),
      ),
      h('span', { class: `tag ${missed > 0 ? 'warn' : 'ok'}` }, sentWord(page, message)),
    );
  });
}

function sentWord({ say }: Page, { recalled, toUserIds, unlicensedUserIds }: Message): string {
  if (recalled) return say('recalled');
  if (unlicensedUserIds.length > 0) return say('missed', { n: unlicensedUserIds.length });
  return say('reached', { n: toUserIds.length });
}
