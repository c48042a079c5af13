import { h, type VNode } from '../h';
import type { EntryButton } from '../phone-actions';
import type { Page } from '../ui';
import type { WordKey } from '../words';
import { icon } from './icons';

const ENTRIES: readonly [EntryButton, WordKey][] = [
  ['workbench', 'entryWorkbench'],
  ['card', 'entryCard'],
  ['share', 'entryShare'],
  ['qr', 'entryQr'],
  ['web', 'entryWeb'],
  ['settings', 'entrySettings'],
  ['wechat', 'entryWechat'],
];

/** The ways in, as WeCom has them. The one last used stays marked. */
export function drawEntries({ ui, say, act }: Page): VNode {
  const used = ui.phone && (ui.phone.entry === 'link' ? 'wechat' : ui.phone.entry);
  return h(
    'section',
    { class: 'group entries', key: 'entries' },
    h('div', { class: 'group-head' }, h('h2', {}, say('entries'))),
    h(
      'div',
      { class: 'entry-grid' },
      ENTRIES.map(([entry, word]) =>
        h(
          'button',
          {
            class: `entry ${entry === 'workbench' ? 'main' : ''}`,
            key: entry,
            'aria-current': used === entry ? 'true' : undefined,
            onclick: () => void act.enter(entry),
          },
          icon(entry, 18),
          h('span', {}, say(word)),
        ),
      ),
    ),
  );
}
