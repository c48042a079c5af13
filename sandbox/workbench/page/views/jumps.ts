import { h, type VNode } from '../h';
import { jumpsFor, type Jump } from '../model';
import type { Page } from '../ui';
import type { WordKey } from '../words';

const JUMP_WORDS: Record<Jump['id'], WordKey> = {
  hour: 'jumpHour',
  day: 'jumpDay',
  window: 'jumpWindow',
  trialEnd: 'jumpTrialEnd',
  seatEnd: 'jumpSeatEnd',
  year: 'jumpYear',
};

/** The steps time can take at once. One with nothing ahead of it is off and says so. */
export function drawJumps(page: Page): VNode {
  return h('div', { class: 'jumps', role: 'group', 'aria-label': page.say('clock') }, jumpButtons(page));
}

function jumpButtons({ ui, say, act, nowMs, corp, member }: Page): VNode[] {
  return jumpsFor(corp, member, nowMs).map(({ id, toMs }) =>
    h(
      'button',
      {
        class: 'btn small',
        key: id,
        disabled: toMs === null || ui.busy !== null,
        title: toMs === null ? say('nothingAhead') : undefined,
        onclick: () => toMs !== null && void act.goTo(toMs),
      },
      say(JUMP_WORDS[id]),
    ),
  );
}
