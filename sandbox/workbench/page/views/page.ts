import { h, type VNode } from '../h';
import type { Page } from '../ui';
import { drawCallbacks } from './callbacks';
import { drawCorps } from './corps';
import { drawDialog } from './dialogs';
import { drawEntries } from './entries';
import { drawFaults } from './faults';
import { drawHeader } from './header';
import { drawLedger } from './ledger';
import { drawLifeline } from './lifeline';
import { drawPeople } from './people';
import { drawPhone } from './phone';

/** The whole page. Before the sandbox has spoken only the header stands. */
export function drawPage(page: Page): VNode[] {
  const { ui, say } = page;
  if (!ui.state) {
    return [h('p', { class: 'waiting', role: 'status', key: 'waiting' }, say(ui.online ? 'loading' : 'sandboxDown'))];
  }
  return [
    drawHeader(page),
    drawLifeline(page),
    h(
      'aside',
      { class: 'left', key: 'left', 'aria-label': `${say('corps')} · ${say('people')}` },
      drawCorps(page),
      drawPeople(page),
      drawEntries(page),
    ),
    h('main', { class: 'stage', key: 'stage' }, drawPhone(page)),
    h(
      'aside',
      { class: 'right', key: 'right', 'aria-label': say('ledger') },
      drawLedger(page),
      drawCallbacks(page),
      drawFaults(page),
    ),
    drawToast(page),
    ...drawDialog(page),
  ];
}

function drawToast({ ui, say, act }: Page): VNode {
  const offline = !ui.online && h('p', { class: 'toast stop' }, say('sandboxDown'));
  const busy = ui.busy && h('p', { class: 'toast busy' }, h('span', { class: 'spark' }), ui.busy);
  const toast =
    ui.toast &&
    h(
      'p',
      { class: `toast ${ui.toast.tone}` },
      ui.toast.text,
      h('button', { class: 'bare', 'aria-label': say('close'), onclick: () => act.set({ toast: null }) }, '×'),
    );
  return h('div', { class: 'toasts', role: 'status', key: 'toasts' }, offline, busy || toast);
}
