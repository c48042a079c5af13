import { daysUntil, formatDay, formatTime } from '../calendar';
import { h, type VNode } from '../h';
import type { Callback } from '../state';
import type { Page } from '../ui';

/** The log of callbacks: each unfolds to what was inside and what the app answered. */
export function drawCallbacks(page: Page): VNode {
  const { ui, say, act } = page;
  const all = ui.state?.callbacks ?? [];
  const shown = ui.onlyThisCorp ? all.filter((callback) => callback.corpId === ui.corpId) : all;
  return h(
    'section',
    { class: 'card callbacks', key: 'callbacks' },
    h(
      'div',
      { class: 'card-head' },
      h('h2', {}, say('callbacks')),
      h(
        'label',
        { class: 'check' },
        h('input', {
          type: 'checkbox',
          checked: ui.onlyThisCorp,
          onchange: () => act.set({ onlyThisCorp: !ui.onlyThisCorp }),
        }),
        say('callbacksOf'),
      ),
      h('button', { class: 'btn small', onclick: () => void act.pushTicket() }, say('pushTicket')),
    ),
    shown.length === 0 && h('p', { class: 'none' }, say('noCallbacks')),
    h(
      'div',
      { class: 'log' },
      shown.slice(0, ui.callbacksShown).map((callback) => drawCallback(page, callback)),
    ),
    shown.length > ui.callbacksShown &&
      h(
        'button',
        { class: 'btn quiet wide', onclick: () => act.set({ callbacksShown: ui.callbacksShown + 20 }) },
        say('more10'),
      ),
  );
}

function drawCallback(page: Page, callback: Callback): VNode {
  const { say } = page;
  const corp = page.ui.state?.corps.find((one) => one.corpId === callback.corpId);
  const { word, tone } = outcomeOf(page, callback);
  return h(
    'details',
    { key: callback.id },
    h(
      'summary',
      {},
      drawWhen(page, callback.at),
      h('span', { class: 'what' }, callback.type, h('small', {}, corp?.name ?? hostOf(callback.url))),
      h('span', { class: `tag ${tone}` }, word),
    ),
    h('p', { class: 'to' }, h('code', {}, `POST ${pathOf(callback.url)}`)),
    h('h3', {}, say('cbXml')),
    h('pre', { tabindex: 0 }, indentXml(callback.xml)),
    callback.attempts.length > 0 && [
      h('h3', {}, say('cbAnswers')),
      h(
        'ul',
        { class: 'answers' },
        callback.attempts.map((attempt) =>
          h(
            'li',
            {},
            h('time', {}, formatTime(attempt.at)),
            h('code', {}, `${attempt.status ?? say('cbNoAnswer')} ${attempt.body || attempt.error || ''}`),
            h('small', {}, `${attempt.ms} ms`),
          ),
        ),
      ),
    ],
  );
}

/** The time; with its day under it unless that is today. */
function drawWhen({ ui, nowMs }: Page, at: number): VNode {
  const today = daysUntil(at, nowMs) === 0;
  return h('time', {}, formatTime(at), !today && h('small', {}, formatDay(at, nowMs, ui.lang)));
}

function outcomeOf({ say }: Page, { state, attempts }: Callback): { word: string; tone: string } {
  const last = attempts.at(-1);
  if (state === 'delivered')
    return { word: `${last?.body || last?.status || 'success'} ${last?.ms ?? 0} ms`.slice(0, 24), tone: 'ok' };
  if (state === 'dropped') return { word: say('cbDropped'), tone: 'stop' };
  if (state === 'held') return { word: say('cbHeld'), tone: 'warn' };
  if (state === 'failed') return { word: say('cbFailed'), tone: 'stop' };
  return { word: attempts.length > 0 ? say('cbRetry', { n: attempts.length + 1 }) : say('cbPending'), tone: 'warn' };
}

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : '');

const pathOf = (url: string): string => (URL.canParse(url) ? new URL(url).pathname : url);

/** XML with one element a line, nested ones moved in. */
export function indentXml(xml: string): string {
  let depth = 0;
  return xml
    .replace(/(?<!\]\])>\s*<(?!!)/g, '>\n<')
    .split('\n')
    .map((line) => {
      if (/^<\//.test(line)) depth = Math.max(0, depth - 1);
      const indented = '  '.repeat(depth) + line;
      if (/^<[^/!?][^>]*[^/]>$/.test(line) && !line.includes('</')) depth += 1;
      return indented;
    })
    .join('\n');
}
