import { nameOfCorp } from '../corp-name';
import { h, type Content, type VNode } from '../h';
import { ORDER } from '../model';
import type { Dialog, Page } from '../ui';
import type { WordKey } from '../words';
import { orderLine } from './ledger-lists';
import { drawLinkDialog } from './link-dialog';

/** The open dialog, if any. */
export function drawDialog(page: Page): VNode[] {
  const dialog = page.ui.dialog;
  if (!dialog) return [];
  return [dialog.kind === 'link' ? drawLinkDialog(page, dialog) : SIMPLE[dialog.kind](page)];
}

type SimpleKind = Exclude<Dialog['kind'], 'link'>;

const SIMPLE: Record<SimpleKind, (page: Page) => VNode> = {
  buy: drawBuy,
  renew: drawRenew,
  refund: drawRefund,
  transfer: drawTransfer,
  corp: drawNewCorp,
  member: drawNewMember,
  reset: drawReset,
};

/** A modal with a title and a form; Escape and 取消 close it, submitting too. */
export function modal(
  page: Page,
  title: string,
  content: Content,
  submit?: (form: FormData, by: string) => void,
): VNode {
  const { act } = page;
  const close = () => act.show(null);
  return h(
    'dialog',
    {
      class: 'modal',
      key: 'dialog',
      'aria-labelledby': 'dialog-title',
      mount: (element: HTMLDialogElement) => element.showModal(),
      onclose: close,
    },
    h(
      'form',
      {
        method: 'dialog',
        onsubmit: (event: SubmitEvent) => {
          event.preventDefault();
          close();
          submit?.(
            new FormData(event.target as HTMLFormElement),
            (event.submitter as HTMLButtonElement | null)?.value ?? '',
          );
        },
      },
      h('h2', { id: 'dialog-title' }, title),
      content,
    ),
  );
}

/** The row of buttons that ends a dialog. */
export function buttons(page: Page, ...content: Content[]): VNode {
  const cancel = h(
    'button',
    { class: 'btn quiet', type: 'button', onclick: () => page.act.show(null) },
    page.say('cancel'),
  );
  return h('div', { class: 'modal-foot' }, cancel, ...content);
}

function submitButton(page: Page, word: WordKey, value = 'main', primary = true): VNode {
  return h('button', { class: `btn ${primary ? 'primary' : ''}`, value }, page.say(word));
}

function numberField(label: string, name: string, value: number, min: number, max: number): VNode {
  return h('label', { class: 'field' }, label, h('input', { type: 'number', name, value, min, max, required: true }));
}

function drawBuy(page: Page): VNode {
  const { say, act, corp } = page;
  const title = say('buyTitle', { corp: corp ? nameOfCorp(corp, say).corp : '' });
  return modal(
    page,
    title,
    [
      h(
        'div',
        { class: 'fields' },
        numberField(say('buyBase'), 'base', 5, 0, 1000),
        numberField(say('buyContact'), 'externalContact', 0, 0, 1000),
        numberField(say('buyMonths'), 'months', 12, 1, 60),
        numberField(say('buyGenerate'), 'generateSeconds', 0, 0, 3600),
      ),
      buttons(page, submitButton(page, 'buyOnly', 'order', false), submitButton(page, 'buyNow', 'pay')),
    ],
    (form, by) => {
      const read = (name: string): number => Number(form.get(name));
      const purchase = { base: read('base'), externalContact: read('externalContact'), months: read('months') };
      void act.buy({ ...purchase, generateSeconds: read('generateSeconds') }, by === 'pay');
    },
  );
}

function drawRenew(page: Page): VNode {
  const { say, act } = page;
  return modal(
    page,
    say('renewTitle'),
    [
      h('div', { class: 'fields' }, numberField(say('buyMonths'), 'months', 12, 1, 60)),
      buttons(page, submitButton(page, 'buyOnly', 'order', false), submitButton(page, 'buyNow', 'pay')),
    ],
    (form, by) => void act.renew(Number(form.get('months')), by === 'pay'),
  );
}

function choice(name: string, value: string, label: string, first: boolean): VNode {
  return h(
    'label',
    { class: 'option', key: value },
    h('input', { type: 'radio', name, value, checked: first, required: true }),
    h('span', {}, label),
  );
}

function drawRefund(page: Page): VNode {
  const { say, act, corp } = page;
  const paid = (corp?.orders ?? []).filter((order) => order.status === ORDER.paid);
  const choices = paid.map((order, index) => choice('orderId', order.orderId, orderLine(page, order), index === 0));
  const content = paid.length > 0 ? h('div', { class: 'options' }, choices) : h('p', {}, say('refundNone'));
  return modal(
    page,
    say('refundTitle'),
    [content, buttons(page, paid.length > 0 && submitButton(page, 'refund'))],
    (form) => void act.refund(String(form.get('orderId'))),
  );
}

function drawTransfer(page: Page): VNode {
  const { say, act, corp, member } = page;
  const others = (corp?.members ?? []).filter((other) => other.userId !== member?.userId && !other.left);
  const choices = others.map((other, index) => choice('to', other.userId, other.name, index === 0));
  const content = others.length > 0 ? h('div', { class: 'options' }, choices) : h('p', {}, say('transferNone'));
  return modal(
    page,
    say('transferTitle', { name: member?.name ?? '' }),
    [content, buttons(page, others.length > 0 && submitButton(page, 'transfer'))],
    (form) => void act.transfer(member?.userId ?? '', String(form.get('to'))),
  );
}

function textField(label: string, name: string): VNode {
  return h(
    'label',
    { class: 'field' },
    label,
    h('input', { name, required: true, maxlength: 40, autocomplete: 'off' }),
  );
}

function drawNewCorp(page: Page): VNode {
  return modal(
    page,
    page.say('newCorp'),
    [textField(page.say('newCorpName'), 'name'), buttons(page, submitButton(page, 'create'))],
    (form) => void page.act.addCorp(String(form.get('name')), 'third_party'),
  );
}

function drawNewMember(page: Page): VNode {
  return modal(
    page,
    page.say('newMember'),
    [textField(page.say('newMemberName'), 'name'), buttons(page, submitButton(page, 'add'))],
    (form) => void page.act.addMember(String(form.get('name'))),
  );
}

function drawReset(page: Page): VNode {
  return modal(
    page,
    page.say('reset'),
    [h('p', {}, page.say('resetAsk')), buttons(page, submitButton(page, 'reset'))],
    () => void page.act.reset(),
  );
}
