import { daysUntil, formatDay } from '../calendar';
import { h, type Content, type VNode } from '../h';
import { CODE, isLapsed, ORDER } from '../model';
import type { Code, Member, Order, Seat } from '../state';
import type { LedgerTab, Page } from '../ui';
import type { WordKey } from '../words';
import { drawMessageRows, messagesOf } from './messages';

const TABS: readonly LedgerTab[] = ['seats', 'orders', 'codes', 'messages'];

/** Seats, orders and codes behind the four numbers, one list at a time. */
export function drawLedgerLists(page: Page): VNode {
  const { ui, say, act, corp } = page;
  const counts = {
    seats: corp?.members.reduce((sum, member) => sum + member.seats.length, 0) ?? 0,
    orders: corp?.orders.length ?? 0,
    codes: corp?.codes.length ?? 0,
    messages: messagesOf(page, corp).length,
  };
  const lists = { seats: drawSeats, orders: drawOrders, codes: drawCodes, messages: drawMessageRows };
  return h(
    'div',
    { class: 'lists' },
    h(
      'div',
      { class: 'segments', role: 'group', 'aria-label': say('ledger') },
      TABS.map((tab) =>
        h(
          'button',
          { key: tab, 'aria-pressed': ui.tab === tab ? 'true' : 'false', onclick: () => act.set({ tab }) },
          `${say(tab)} ${counts[tab]}`,
        ),
      ),
    ),
    h('ul', { class: 'rows', key: ui.tab, tabindex: 0, 'aria-label': say(ui.tab) }, lists[ui.tab](page)),
  );
}

function row(key: string, main: Content, side: Content, small: Content, tone = ''): VNode {
  return h(
    'li',
    { key },
    h('div', {}, h('span', {}, main), h('small', {}, small)),
    h('span', { class: `tag ${tone}` }, side),
  );
}

const empty = (text: string): VNode => h('li', { class: 'none', key: 'none' }, text);

function typeWord({ say }: Page, type: number): string {
  return say(type === 2 ? 'typeContact' : 'typeBase');
}

function drawSeats(page: Page): VNode[] {
  const held = (page.corp?.members ?? []).flatMap((member) => member.seats.map((seat) => ({ member, seat })));
  if (held.length === 0) return [empty(page.say('noSeats'))];
  held.sort((a, b) => a.seat.expiresAt - b.seat.expiresAt);
  return held.map(({ member, seat }) => drawSeat(page, member, seat));
}

function drawSeat(page: Page, member: Member, seat: Seat): VNode {
  const { ui, say, nowMs } = page;
  const over = seat.expiresAt <= nowMs;
  const left = daysUntil(nowMs, seat.expiresAt);
  const tone = over ? 'stop' : left <= 7 ? 'warn' : 'ok';
  const small = `${typeWord(page, seat.type)} · ${say('until', { day: formatDay(seat.expiresAt, nowMs, ui.lang) })}`;
  return row(seat.code, member.name, over ? say('expired') : say('daysLeft', { n: left }), small, tone);
}

function drawOrders(page: Page): VNode[] {
  const { say, act, corp } = page;
  const orders = [...(corp?.orders ?? [])].sort((a, b) => b.createdAt - a.createdAt);
  if (orders.length === 0) return [empty(say('noOrders'))];
  return orders.map((order) =>
    h(
      'li',
      { key: order.orderId },
      h('div', {}, h('span', {}, orderLine(page, order)), h('small', {}, orderDay(page, order))),
      h('span', { class: `tag ${order.status === ORDER.paid ? 'ok' : 'warn'}` }, orderState(page, order)),
      order.status === ORDER.unpaid &&
        order.parentId === null && [
          h('button', { class: 'btn small', onclick: () => void act.cancelOrder(order.orderId) }, say('cancelOrder')),
          h('button', { class: 'btn small', onclick: () => void act.pay(order.orderId) }, say('pay')),
        ],
    ),
  );
}

/** What was ordered, in a line. */
export function orderLine({ say }: Page, order: Order): string {
  if (order.type === 2) return say('renewalLine', { n: order.renewals.length });
  return say('orderLine', { base: order.base, contact: order.externalContact, days: order.durationDays });
}

function orderDay({ ui, nowMs }: Page, order: Order): string {
  return `${formatDay(order.createdAt, nowMs, ui.lang)} · ${order.orderId}`;
}

function orderState({ say }: Page, order: Order): string {
  return order.generating ? say('generating') : say(`order${order.status}` as WordKey);
}

function drawCodes(page: Page): VNode[] {
  const codes = page.corp?.codes ?? [];
  if (codes.length === 0) return [empty(page.say('noCodes'))];
  return codes.map((code) => drawCode(page, code));
}

function drawCode(page: Page, code: Code): VNode {
  const { ui, say, nowMs, corp } = page;
  const lapsed = isLapsed(code, nowMs);
  const holder = corp?.members.find((member) => member.userId === code.userId)?.name;
  const deadline = code.status === CODE.unbound && code.activateBefore;
  const small = deadline ? say('activateBefore', { day: formatDay(deadline, nowMs, ui.lang) }) : code.code;
  const tone = lapsed ? 'stop' : code.status === CODE.bound ? 'ok' : code.status === CODE.unbound ? '' : 'warn';
  const word = lapsed ? say('codeLapsed') : say(`code${code.status}` as WordKey);
  return row(
    code.code,
    holder ? `${typeWord(page, code.type)} · ${holder}` : typeWord(page, code.type),
    word,
    small,
    tone,
  );
}
