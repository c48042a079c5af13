import { renderToStaticMarkup } from 'react-dom/server';
import { wordsOf } from '../i18n/words-of';
import { NO_CONTROLS } from './gate-controls';
import type { GateState } from './gate-state';
import { GateView } from './gate-view';
import { PageSkeleton } from './page-skeleton';
import { screenOf } from './screen-of';

/**
 * A state as the HTML that the server sends: the same components as the app's, so the first thing the app draws is equal.
 * A page behind the gate is only hinted at by its skeleton; without scripts it says what it needs.
 */
export function renderGate(state: GateState): string {
  const screen = renderToStaticMarkup(
    <GateView state={state} controls={NO_CONTROLS}>
      <PageSkeleton state={state} />
    </GateView>,
  );
  if (screenOf(state) !== 'page') return screen;
  return `${screen}<noscript><p class="gate-noscript">${wordsOf(state.lang).needsScript}</p></noscript>`;
}
