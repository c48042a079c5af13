import { nameOfCorp } from '../corp-name';
import { h, type VNode } from '../h';
import type { Page } from '../ui';
import { icon } from './icons';
import { drawInbox } from './messages';

/** What the phone shows before the app is open: WeCom's workbench with the app on it, and the hint at first. */
export function drawHome(page: Page): VNode[] {
  const { ui, say } = page;
  if (ui.person === 'visitor')
    return [title(say('wechat')), h('div', { class: 'home', key: 'home' }, drawWechat(page))];
  return [
    title(say('homeTab')),
    h('div', { class: 'home', key: 'home' }, ui.hint && drawHint(page), drawApps(page), drawInbox(page)),
    h(
      'div',
      { class: 'tabs', key: 'tabs', 'aria-hidden': 'true' },
      h('span', {}, icon('message', 22), say('homeMessages')),
      h('span', {}, icon('contacts', 22), say('homeContacts')),
      h('span', { class: 'on' }, icon('workbench', 22), say('homeTab')),
      h('span', {}, icon('home', 22), say('homeMe')),
    ),
  ];
}

const title = (text: string): VNode => h('div', { class: 'nav', key: 'home-nav' }, h('b', {}, text));

/** Somebody without WeCom reaches the app only by what others show them. */
function drawWechat({ say, act }: Page): VNode[] {
  return [
    h('p', { class: 'home-empty' }, say('homeVisitor')),
    h(
      'div',
      { class: 'home-ways' },
      h('button', { class: 'btn', onclick: () => void act.enter('share') }, icon('share', 18), say('entryShare')),
      h('button', { class: 'btn', onclick: () => void act.enter('qr') }, icon('qr', 18), say('entryQr')),
    ),
  ];
}

function drawApps({ say, act, corp }: Page): VNode {
  const name = corp ? nameOfCorp(corp, say).corp : '';
  return h(
    'section',
    { class: 'apps', 'aria-label': say('homeApps', { corp: name }) },
    h('h2', {}, name),
    corp?.installed
      ? h(
          'button',
          {
            class: 'app-icon',
            'aria-label': say('openApp', { app: say('appName') }),
            onclick: () => void act.enter('workbench'),
          },
          h('span', { class: 'app-face' }, icon('clipboard', 30)),
          h('span', {}, say('appName')),
        )
      : h('p', { class: 'home-empty' }, say('homeEmpty')),
  );
}

function drawHint({ say, act }: Page): VNode {
  const step = (title: string, note: string): VNode => h('li', {}, h('b', {}, title), h('small', {}, note));
  return h(
    'section',
    { class: 'hint', 'aria-label': say('hintTitle') },
    h('h2', {}, say('hintTitle')),
    h(
      'ol',
      {},
      step(say('hint1'), say('hint1Note')),
      step(say('hint2'), say('hint2Note')),
      step(say('hint3'), say('hint3Note')),
    ),
    h('button', { class: 'btn primary', onclick: () => act.set({ hint: false }) }, say('hintDone')),
  );
}
