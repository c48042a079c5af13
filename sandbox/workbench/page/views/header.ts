import { formatClock } from '../calendar';
import { h, type VNode } from '../h';
import type { Page } from '../ui';
import { icon } from './icons';

export function drawHeader(page: Page): VNode {
  const { say } = page;
  return h(
    'header',
    { class: 'top', key: 'top' },
    h('h1', { title: say('tagline') }, h('span', { class: 'mark' }, icon('workbench', 18)), say('title')),
    drawServer(page),
    drawClock(page),
    drawTools(page),
  );
}

function drawServer({ ui, say }: Page): VNode {
  if (ui.appUp === null) return h('span', { class: 'server' });
  return h(
    'span',
    { class: `server ${ui.appUp ? 'up' : 'down'}` },
    h('i', { class: 'dot' }),
    say(ui.appUp ? 'appUp' : 'appDown'),
  );
}

function drawClock({ ui, say, nowMs }: Page): VNode {
  const clock = formatClock(nowMs, ui.lang);
  return h(
    'time',
    { class: 'clock', 'aria-label': say('clock') },
    h('span', { class: 'clock-day' }, clock.day),
    h('span', { class: 'clock-time' }, clock.time),
  );
}

const NEXT_THEME = { auto: 'dark', dark: 'light', light: 'auto' } as const;

function drawTools({ ui, say, act }: Page): VNode {
  return h(
    'div',
    { class: 'tools' },
    h('button', { class: 'btn', onclick: () => void act.snapshot() }, icon('camera', 16), say('snapshot')),
    h('button', { class: 'btn', onclick: () => void act.restore() }, icon('undo', 16), say('restore')),
    h('button', { class: 'btn quiet', onclick: () => act.show({ kind: 'reset' }) }, say('reset')),
    h(
      'button',
      {
        class: 'btn quiet',
        lang: ui.lang === 'zh' ? 'en' : 'zh-CN',
        onclick: () => act.set({ lang: ui.lang === 'zh' ? 'en' : 'zh' }),
      },
      say('language'),
    ),
    h(
      'button',
      {
        class: 'btn quiet only-icon',
        'aria-label': say('theme'),
        title: say('theme'),
        onclick: () => act.set({ theme: NEXT_THEME[ui.theme] }),
      },
      icon('theme', 18),
    ),
    h(
      'button',
      {
        class: 'btn quiet only-icon',
        'aria-label': say('help'),
        title: say('help'),
        onclick: () => act.set({ hint: true, phone: null, where: null }),
      },
      icon('help', 18),
    ),
  );
}
