import { h, type VNode } from '../h';
import { liveSeat } from '../model';
import type { Member } from '../state';
import type { Page } from '../ui';
import { icon } from './icons';

export function drawPeople(page: Page): VNode {
  const { ui, say, act, corp } = page;
  const visiting = ui.person === 'visitor';
  return h(
    'section',
    { class: 'group people', key: 'people' },
    h(
      'div',
      { class: 'group-head' },
      h('h2', { id: 'people-title' }, say('people')),
      h(
        'button',
        {
          class: 'bare add',
          title: say('newMember'),
          'aria-label': say('newMember'),
          onclick: () => act.show({ kind: 'member' }),
        },
        icon('plus', 16),
      ),
    ),
    h(
      'ul',
      { class: 'choices', 'aria-labelledby': 'people-title' },
      corp?.members.map((member) => drawMember(page, member)),
      h(
        'li',
        { key: 'visitor' },
        h(
          'button',
          { class: 'choice', 'aria-pressed': visiting ? 'true' : 'false', onclick: () => act.choosePerson('visitor') },
          h('span', { class: 'choice-name' }, say('visitor')),
          h('span', { class: 'tag' }, say('visitorNote')),
        ),
      ),
    ),
  );
}

function drawMember(page: Page, member: Member): VNode {
  const chosen = page.member?.userId === member.userId;
  return h(
    'li',
    { key: member.userId },
    h(
      'button',
      {
        class: 'choice',
        'aria-pressed': chosen ? 'true' : 'false',
        title: member.userId,
        onclick: () => page.act.choosePerson({ userId: member.userId }),
      },
      h('span', { class: 'choice-name' }, member.name),
      h(
        'span',
        { class: 'tags' },
        tagsOf(page, member).map(([word, tone]) => h('span', { class: `tag ${tone}` }, word)),
      ),
    ),
  );
}

function tagsOf({ say, nowMs, corp }: Page, member: Member): [string, string][] {
  const tags: [string, string][] = [];
  if (member.left) tags.push([say('roleLeft'), 'stop']);
  else if (!member.inRange) tags.push([say('roleOutOfRange'), 'stop']);
  else if ((corp?.codes.length ?? 0) > 0 && !liveSeat(member, nowMs)) tags.push([say('roleNoSeat'), 'warn']);
  tags.push([say(member.admin ? 'roleAdmin' : 'roleMember'), '']);
  return tags;
}
