import { h, type VNode } from '../h';
import { countLedger } from '../model';
import type { Member } from '../state';
import type { Page } from '../ui';
import { drawLedgerLists } from './ledger-lists';

/** The corp's licences: four numbers, what can be done, and the lists behind the numbers. */
export function drawLedger(page: Page): VNode {
  const { say, corp } = page;
  return h(
    'section',
    { class: 'card ledger', key: 'ledger' },
    h('div', { class: 'card-head' }, h('h2', {}, say('ledger')), corp && drawAutoActivation(page)),
    corp && [drawNumbers(page), drawCorpActions(page), drawMemberActions(page), drawLedgerLists(page)],
  );
}

function drawNumbers({ say, corp, nowMs }: Page): VNode[] {
  if (!corp) return [];
  const { bought, used, free, lapsed, members } = countLedger(corp, nowMs);
  const number = (value: number, label: string, tone = ''): VNode =>
    h('div', { class: tone }, h('dd', {}, value), h('dt', {}, label));
  return [
    h(
      'dl',
      { class: 'numbers' },
      number(bought, say('bought')),
      number(used, say('used')),
      number(free, say('free'), free > 0 ? 'ok' : ''),
      number(members, say('members')),
    ),
    h(
      'div',
      { class: 'share-bar', 'aria-hidden': 'true' },
      h('i', { class: 'used', style: `flex-grow:${used}` }),
      h('i', { class: 'free', style: `flex-grow:${free}` }),
      h('i', { class: 'rest', style: `flex-grow:${bought > 0 ? bought - used - free : 1}` }),
    ),
    ...(lapsed > 0 ? [h('p', { class: 'note stop' }, say('lapsedNote', { n: lapsed }))] : []),
  ];
}

function drawAutoActivation({ say, act, corp }: Page): VNode | null {
  if (!corp) return null;
  return h(
    'button',
    {
      class: 'switch',
      role: 'switch',
      'aria-checked': corp.autoActivation ? 'true' : 'false',
      disabled: !corp.everPaid,
      title: corp.everPaid ? undefined : say('autoNever'),
      onclick: () => void act.autoActivation(!corp.autoActivation),
    },
    h('i', {}),
    say('autoActivation'),
  );
}

function drawCorpActions({ say, act, corp }: Page): VNode | null {
  if (!corp) return null;
  return h(
    'div',
    { class: 'actions' },
    h('button', { class: 'btn primary', onclick: () => act.show({ kind: 'buy' }) }, say('buy')),
    h('button', { class: 'btn', onclick: () => act.show({ kind: 'renew' }) }, say('renew')),
    h('button', { class: 'btn', onclick: () => act.show({ kind: 'refund' }) }, say('refund')),
    corp.installed
      ? h('button', { class: 'btn', key: 'out', onclick: () => void act.uninstall() }, say('uninstall'))
      : h('button', { class: 'btn primary', key: 'in', onclick: () => void act.install() }, say('install')),
  );
}

function drawMemberActions(page: Page): VNode {
  const { say, member } = page;
  return h(
    'div',
    { class: 'with-member' },
    h('h3', {}, member ? say('forPerson', { name: member.name }) : say('choosePerson')),
    member && h('div', { class: 'actions' }, memberButtons(page, member)),
  );
}

function memberButtons({ say, act, nowMs }: Page, member: Member): VNode[] {
  const button = (label: string, onclick: () => void, disabled = false): VNode =>
    h('button', { class: 'btn small', disabled, onclick }, label);
  const seated = member.seats.some((seat) => seat.expiresAt > nowMs);
  return [
    button(say('activate'), () => void act.activate(member.userId, 1), member.left),
    button(say('transfer'), () => act.show({ kind: 'transfer' }), !seated),
    button(say('leave'), () => void act.member(member.userId, 'leave'), member.left),
    member.inRange
      ? button(say('hide'), () => void act.member(member.userId, 'hide'), member.left)
      : button(say('show'), () => void act.member(member.userId, 'show'), member.left),
    button(
      say(member.admin ? 'unmakeAdmin' : 'makeAdmin'),
      () => void act.member(member.userId, member.admin ? 'unadmin' : 'admin'),
      member.left,
    ),
  ];
}
