import { formatDay, formatTime } from '../calendar';
import { nameOfCorp } from '../corp-name';
import { h, type VNode } from '../h';
import { lifeOf, type Life, type Mark, type MarkKind } from '../model';
import type { Page } from '../ui';
import type { WordKey } from '../words';
import { drawJumps } from './jumps';

const MARK_WORDS: Record<MarkKind, WordKey> = {
  install: 'markInstall',
  window: 'markWindow',
  trialEnd: 'markTrialEnd',
  order: 'markOrder',
  seatEnd: 'markSeatEnd',
  codesLapse: 'markCodesLapse',
};

/** The corp's life on one line under the header: what happened, what is known to come, and now, which can be dragged on. */
export function drawLifeline(page: Page): VNode {
  const { ui, say, act, nowMs, corp } = page;
  if (!corp) return h('section', { class: 'life', key: 'life' });
  const life = lifeOf(corp, nowMs);
  const at = (ms: number): number => ((ms - life.startMs) / (life.endMs - life.startMs)) * 100;
  const shown = ui.drag ?? nowMs;
  const name = nameOfCorp(corp, say);
  return h(
    'section',
    { class: 'life', key: 'life', 'aria-label': say('life', { corp: corp.name }) },
    h('div', { class: 'life-name' }, h('b', {}, name.corp), h('small', {}, name.story)),
    h(
      'div',
      { class: 'life-line' },
      h('div', { class: 'life-track' }, h('i', { class: 'past', style: `width:${at(nowMs)}%` }), drawSpans(life, at)),
      drawMarks(page, life, at),
      h('input', {
        type: 'range',
        'aria-label': say('slider'),
        'aria-valuetext': `${formatDay(shown, nowMs, ui.lang)} ${formatTime(shown)}`,
        min: Math.round(life.startMs / 60_000),
        max: Math.round(life.endMs / 60_000),
        step: 60,
        value: Math.round(shown / 60_000),
        oninput: (event: Event) => act.set({ drag: minutesOf(event) }),
        onchange: (event: Event) => {
          const to = minutesOf(event);
          act.set({ drag: null });
          (event.target as HTMLInputElement).blur();
          void act.goTo(to);
        },
      }),
      h(
        'output',
        {
          class: `life-now ${ui.drag === null ? '' : 'dragged'}`,
          style: `left:${Math.min(96, Math.max(4, at(shown)))}%`,
        },
        ui.drag === null ? say('now') : `${formatDay(shown, nowMs, ui.lang)} ${formatTime(shown)}`,
      ),
    ),
    drawJumps(page),
  );
}

const minutesOf = (event: Event): number => Number((event.target as HTMLInputElement).value) * 60_000;

/** The seven days before the trial's end, which the app warns in. */
function drawSpans(life: Life, at: (ms: number) => number): VNode | null {
  const from = life.marks.find((mark) => mark.kind === 'window');
  const to = life.marks.find((mark) => mark.kind === 'trialEnd');
  if (!from || !to) return null;
  return h('i', { class: 'window', style: `left:${at(from.at)}%;width:${at(to.at) - at(from.at)}%` });
}

function drawMarks({ ui, say, nowMs }: Page, life: Life, at: (ms: number) => number): VNode[] {
  const labels = life.marks
    .filter((mark) => mark.kind !== 'window')
    .map((mark) => {
      const text = `${say(MARK_WORDS[mark.kind], { n: mark.count })} ${formatDay(mark.at, nowMs, ui.lang)}`;
      return { mark, text, ...placeLabel(at(mark.at), text) };
    });
  const shown = pickLabels(labels);
  return labels.map((label) => {
    const { mark, text, left, side } = label;
    return h(
      'span',
      {
        class: `life-mark ${mark.kind} ${side} ${shown.has(label) ? '' : 'mute'}`,
        style: `left:${left}%`,
        title: text,
        key: `${mark.kind}${mark.at}`,
      },
      h('i', {}),
      h('small', {}, text),
    );
  });
}

type Label = { mark: Mark; left: number; side: string; from: number; to: number };

/** The narrowest line on a laptop, in px: labels that fit on it fit on wider ones. */
const LINE_PX = 640;

/** Where a label lies, in per cent of the line: centred under its mark, turned inwards near the ends. */
function placeLabel(left: number, text: string): Omit<Label, 'mark'> {
  const px = [...text].reduce((sum, sign) => sum + (sign.charCodeAt(0) > 0xff ? 12 : 7), 10);
  const width = (px / LINE_PX) * 100;
  if (left < width / 2) return { left, side: 'from-left', from: left, to: left + width };
  if (left > 100 - width / 2) return { left, side: 'from-right', from: left - width, to: left };
  return { left, side: '', from: left - width / 2, to: left + width / 2 };
}

/** Labels that would run into a weightier one stay hidden behind their mark. */
function pickLabels(labels: readonly Label[]): Set<Label> {
  const picked = new Set<Label>();
  for (const label of [...labels].sort((a, b) => RANK[a.mark.kind] - RANK[b.mark.kind])) {
    if ([...picked].every((other) => other.to <= label.from || label.to <= other.from)) picked.add(label);
  }
  return picked;
}

const RANK: Record<MarkKind, number> = { trialEnd: 0, seatEnd: 1, install: 2, codesLapse: 3, order: 4, window: 5 };
