import { nameOfCorp } from '../corp-name';
import { h, type VNode } from '../h';
import { standingOf, type Standing } from '../model';
import type { Corp } from '../state';
import type { Page } from '../ui';
import type { Say } from '../words';
import { icon } from './icons';

export function drawCorps(page: Page): VNode {
  const { ui, say, act } = page;
  return h(
    'section',
    { class: 'group corps', key: 'corps' },
    h(
      'div',
      { class: 'group-head' },
      h('h2', { id: 'corps-title' }, say('corps')),
      h(
        'button',
        {
          class: 'bare add',
          title: say('newCorp'),
          'aria-label': say('newCorp'),
          onclick: () => act.show({ kind: 'corp' }),
        },
        icon('plus', 16),
      ),
    ),
    h(
      'ul',
      { class: 'choices', 'aria-labelledby': 'corps-title' },
      ui.state?.corps.map((corp) => drawCorp(page, corp)),
    ),
  );
}

function drawCorp({ ui, say, act, nowMs }: Page, corp: Corp): VNode {
  const { corp: name, story } = nameOfCorp(corp, say);
  const standing = standingOf(corp, nowMs);
  const chosen = corp.corpId === ui.corpId;
  return h(
    'li',
    { key: corp.corpId },
    h(
      'button',
      {
        class: 'choice',
        'aria-pressed': chosen ? 'true' : 'false',
        title: corp.name,
        onclick: () => act.chooseCorp(corp),
      },
      h('span', { class: 'choice-name' }, story || name),
      h('span', { class: `tag ${toneOf(standing)}` }, standingWords(standing, say)),
    ),
  );
}

/** A corp's standing in a word or two. */
function standingWords(standing: Standing, say: Say): string {
  switch (standing.kind) {
    case 'trial':
      return say('standTrial', { n: standing.daysLeft });
    case 'seats':
      return say('standSeats', { free: standing.free, bought: standing.bought });
    case 'seatEnding':
      return say('standSeatEnding', { n: standing.daysLeft });
    case 'removed':
      return say('standRemoved');
    case 'notInstalled':
      return say('standNotInstalled');
    case 'unchecked':
      return say('standUnchecked');
    case 'trialOver':
      return say('standTrialOver');
    case 'noTrial':
      return say('standNoTrial');
  }
}

function toneOf(standing: Standing): string {
  if (standing.kind === 'trial') return standing.daysLeft <= 7 ? 'warn' : '';
  if (standing.kind === 'seatEnding') return 'warn';
  if (standing.kind === 'seats') return standing.free === 0 ? 'stop' : 'ok';
  return standing.kind === 'trialOver' || standing.kind === 'removed' ? 'stop' : '';
}
