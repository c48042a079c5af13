import { renderSVG } from 'uqr';
import { h, type VNode } from '../h';
import type { Corp } from '../state';
import type { LinkDialog, Page } from '../ui';
import { buttons, modal } from './dialogs';

/** Forwarding or scanning: which page, and on whose phone it opens. */
export function drawLinkDialog(page: Page, dialog: LinkDialog): VNode {
  const { say, act } = page;
  const scan = dialog.entry === 'qr';
  const change = (part: Partial<LinkDialog>): void => act.show({ ...dialog, ...part });
  return modal(
    page,
    say(scan ? 'linkQrTitle' : 'linkShareTitle'),
    [
      h('fieldset', { class: 'options' }, h('legend', {}, say('linkWhich')), drawPages(dialog, change)),
      dialog.pages.every((one) => !one.path.startsWith('/record?')) && h('p', { class: 'note' }, say('linkNoRecords')),
      h(
        'label',
        { class: 'field' },
        say('linkPath'),
        h('input', {
          name: 'path',
          value: dialog.path,
          pattern: '/.*',
          required: true,
          oninput: (event: Event) => change({ path: (event.target as HTMLInputElement).value }),
        }),
      ),
      scan && drawQr(page, dialog),
      drawReceivers(page, dialog, change),
      buttons(page, h('button', { class: 'btn primary' }, say(scan ? 'linkScan' : 'linkOpen'))),
    ],
    () => void act.follow(dialog.entry, dialog.receiver, dialog.path),
  );
}

function drawPages(dialog: LinkDialog, change: (part: Partial<LinkDialog>) => void): VNode[] {
  return dialog.pages.map(({ path, title }) =>
    h(
      'label',
      { class: 'option', key: path },
      h('input', {
        type: 'radio',
        name: 'page',
        value: path,
        checked: dialog.path === path,
        onchange: () => change({ path }),
      }),
      h('span', {}, title, h('small', {}, path)),
    ),
  );
}

/** The very code that would hang on the wall: the app's own address with its mark. */
function drawQr({ ui, say, corp }: Page, dialog: LinkDialog): VNode {
  const suite = ui.state?.suites.find((one) => one.suiteId === corp?.suiteId);
  const url = new URL(dialog.path || '/', suite?.appUrl ?? 'http://127.0.0.1');
  url.searchParams.set('from', 'qr');
  const svg = renderSVG(url.href, { border: 2 });
  return h(
    'figure',
    { class: 'qr' },
    h('img', { src: `data:image/svg+xml,${encodeURIComponent(svg)}`, alt: say('linkQrAlt'), width: 168, height: 168 }),
    h('figcaption', {}, url.href),
  );
}

function drawReceivers({ ui, say }: Page, dialog: LinkDialog, change: (part: Partial<LinkDialog>) => void): VNode {
  const own = ui.corpId;
  const corps = [...(ui.state?.corps ?? [])].sort((a, b) => Number(b.corpId === own) - Number(a.corpId === own));
  return h(
    'label',
    { class: 'field' },
    say(dialog.entry === 'qr' ? 'linkWhoScan' : 'linkWho'),
    h(
      'select',
      { class: 'select', onchange: (event: Event) => change({ receiver: (event.target as HTMLSelectElement).value }) },
      corps.map((corp) =>
        h(
          'optgroup',
          { label: corp.corpId === own ? corp.name : `${corp.name} · ${say('otherCorp')}`, key: corp.corpId },
          optionsOf(corp, dialog.receiver),
        ),
      ),
      h(
        'option',
        { value: 'visitor', selected: dialog.receiver === 'visitor' },
        `${say('visitor')} · ${say('visitorNote')}`,
      ),
    ),
  );
}

function optionsOf(corp: Corp, chosen: string): VNode[] {
  return corp.members
    .filter((member) => !member.left)
    .map((member) => {
      const value = `${corp.corpId}/${member.userId}`;
      return h('option', { value, selected: value === chosen, key: value }, member.name);
    });
}
