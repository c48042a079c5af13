import { allFaults, isSameFault } from '../actions';
import { h, type VNode } from '../h';
import type { Fault, Interception } from '../state';
import type { Page } from '../ui';
import type { WordKey } from '../words';

const SWITCHES: readonly [WordKey, Fault][] = [
  ['faultBusy', { endpoint: '*', kind: 'errcode', errcode: -1 }],
  ['faultLimit', { endpoint: '*', kind: 'errcode', errcode: 45009 }],
  ['faultTimeout', { endpoint: '*', kind: 'timeout' }],
  ['faultSlow', { endpoint: '*', kind: 'slow', ms: 2000 }],
  ['faultDown', { endpoint: '*', kind: 'down' }],
  ['faultLost', { endpoint: '*', kind: 'lost', share: 0.2 }],
];

const MAIL_SWITCHES: readonly [WordKey, Fault][] = [
  ['mailDrop', { callback: '*', kind: 'drop' }],
  ['mailDouble', { callback: '*', kind: 'duplicate' }],
  ['mailSwap', { callback: '*', kind: 'reorder' }],
  ['mailDelay', { callback: '*', kind: 'delay', ms: 3_600_000 }],
];

const INTERCEPTIONS: readonly [Interception, WordKey, WordKey][] = [
  ['notify', 'interceptNotify', 'interceptNotifyNote'],
  ['page', 'interceptPage', 'interceptPageNote'],
  ['refuse', 'interceptRefuse', 'interceptRefuseNote'],
];

/** What WeCom's side can be made to do badly, and how it treats a member without a seat. */
export function drawFaults(page: Page): VNode {
  const { say } = page;
  return h(
    'section',
    { class: 'card faults', key: 'faults' },
    h('div', { class: 'card-head' }, h('h2', {}, say('faults')), h('small', {}, say('faultsNote'))),
    h(
      'div',
      { class: 'actions' },
      SWITCHES.map(([word, fault]) => drawSwitch(page, word, fault)),
    ),
    h('h3', { class: 'faults-part' }, say('mailFaults')),
    h(
      'div',
      { class: 'actions' },
      MAIL_SWITCHES.map(([word, fault]) => drawSwitch(page, word, fault)),
    ),
    drawInterception(page),
  );
}

function drawSwitch({ ui, say, act }: Page, word: WordKey, fault: Fault): VNode {
  const on = allFaults(ui.state).some((running) => isSameFault(running, fault));
  return h(
    'button',
    {
      class: 'btn fault',
      key: word,
      'aria-pressed': on ? 'true' : 'false',
      onclick: () => void act.toggleFault(fault, !on),
    },
    h('i', { class: 'dot' }),
    say(word),
  );
}

function drawInterception({ ui, say, act }: Page): VNode {
  const chosen = ui.state?.settings.interception ?? 'notify';
  return h(
    'fieldset',
    { class: 'interception' },
    h('legend', {}, say('interception')),
    INTERCEPTIONS.map(([value, word, note]) =>
      h(
        'label',
        { class: 'option', key: value },
        h('input', {
          type: 'radio',
          name: 'interception',
          value,
          checked: chosen === value,
          onchange: () => void act.interception(value),
        }),
        h('span', {}, say(word), h('small', {}, say(note))),
      ),
    ),
  );
}
