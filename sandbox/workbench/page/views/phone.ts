import { formatTime } from '../calendar';
import { h, type Content, type VNode } from '../h';
import type { Page } from '../ui';
import { drawHome } from './home';
import { icon, type IconName } from './icons';

/** The device in the middle: a phone, or a desktop window when the app was opened in a browser. */
export function drawPhone(page: Page): VNode[] {
  const { ui } = page;
  const desktop = ui.phone?.client === 'browser' || ui.phone?.client === 'wecom-windows';
  return [desktop ? drawDesktop(page) : drawHandset(page), drawBar(page, desktop)];
}

function nameOf({ member, say }: Page): string {
  return member?.name ?? say('visitor');
}

function drawHandset(page: Page): VNode {
  const { ui, say, nowMs } = page;
  const dark = ui.phoneDark ? 'dark' : '';
  return h(
    'section',
    {
      class: `handset ${dark} ${ui.phone?.client ?? ''}`,
      key: 'handset',
      'aria-label': say('phoneOf', { name: nameOf(page) }),
    },
    h(
      'div',
      { class: 'status', 'aria-hidden': 'true' },
      h('b', {}, formatTime(nowMs)),
      h('i', { class: 'island' }),
      h('span', { class: 'battery' }),
    ),
    ui.phone ? [drawNav(page), drawFrame(page)] : drawHome(page),
  );
}

function drawNav({ ui, say, act }: Page): VNode {
  return h(
    'div',
    { class: 'nav', key: 'nav' },
    tool('back', say('back'), () => history.back()),
    h('b', {}, say('appName')),
    tool('more', say('more'), () => void act.openLink('share'), ui.person === 'visitor'),
  );
}

function drawDesktop(page: Page): VNode {
  const { ui, say } = page;
  return h(
    'section',
    { class: 'desktop', key: 'desktop', 'aria-label': say('desktopOf', { name: nameOf(page) }) },
    h(
      'div',
      { class: 'window-bar' },
      h('span', { class: 'lights', 'aria-hidden': 'true' }, h('i', {}), h('i', {}), h('i', {})),
      tool('back', say('back'), () => history.back()),
      h('span', { class: 'address' }, ui.where ?? ''),
    ),
    drawFrame(page),
  );
}

function drawFrame({ ui, say }: Page): VNode | null {
  if (!ui.phone) return null;
  return h('iframe', {
    class: 'app',
    key: `app${ui.phone.serial}`,
    src: ui.phone.src,
    title: say('appName'),
    allow: 'clipboard-write',
  });
}

/** Under the device: whose it is, what it shows, and its switches. */
function drawBar(page: Page, desktop: boolean): VNode {
  const { ui, say, act } = page;
  const name = nameOf(page);
  const look = (change: { phoneDark?: boolean; phoneEnglish?: boolean }) => {
    act.set(change);
    act.reload();
  };
  return h(
    'div',
    { class: 'device-bar', key: 'bar' },
    h(
      'p',
      { class: 'whose' },
      h('b', {}, say(desktop ? 'desktopOf' : 'phoneOf', { name })),
      h('code', {}, ui.where ?? '—'),
    ),
    h(
      'div',
      { class: 'device-tools' },
      drawDevices(page),
      toggle(say('phoneDark'), ui.phoneDark, icon('moon', 18), () => look({ phoneDark: !ui.phoneDark })),
      toggle(say('phoneEnglish'), ui.phoneEnglish, h('b', { 'aria-hidden': 'true' }, 'EN'), () =>
        look({ phoneEnglish: !ui.phoneEnglish }),
      ),
      tool('reload', say('reload'), () => act.reload(), !ui.phone),
      tool('home', say('home'), () => act.goHome(), !ui.phone),
      tool('signOut', say('signOut'), () => void act.signOut(), !ui.phone),
    ),
  );
}

function drawDevices({ ui, say, act }: Page): VNode {
  return h(
    'select',
    {
      class: 'select',
      'aria-label': say('device'),
      value: ui.device,
      onchange: (event: Event) => {
        act.set({ device: (event.target as HTMLSelectElement).value as typeof ui.device, phone: null, where: null });
      },
    },
    h('option', { value: 'wecom-ios', selected: ui.device === 'wecom-ios' }, 'iPhone'),
    h('option', { value: 'wecom-android', selected: ui.device === 'wecom-android' }, 'Android'),
  );
}

function tool(name: IconName, label: string, onclick: () => void, disabled = false): VNode {
  return h('button', { class: 'tool', 'aria-label': label, title: label, disabled, onclick }, icon(name, 20));
}

function toggle(label: string, on: boolean, content: Content, onclick: () => void): VNode {
  return h(
    'button',
    { class: 'tool', 'aria-label': label, title: label, 'aria-pressed': on ? 'true' : 'false', onclick },
    content,
  );
}
