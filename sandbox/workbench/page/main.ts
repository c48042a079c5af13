import './style/base.css';
import './style/phone.css';
import './style/panels.css';
import './style/layout.css';
import { createActions } from './actions';
import { render } from './h';
import { createStore, findCorp, findMember, keepChoices, nowOf, openingUi, type Page } from './ui';
import { drawPage } from './views/page';
import { speaker } from './words';

const POLL_MS = 1000;
const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root');

const store = createStore(openingUi(), draw);
const act = createActions(store);

function draw(): void {
  const ui = store.ui;
  const say = speaker(ui.lang);
  document.documentElement.lang = ui.lang === 'zh' ? 'zh-CN' : 'en';
  document.documentElement.dataset['theme'] = ui.theme;
  document.title = say('title');
  const page: Page = { ui, say, act, nowMs: nowOf(ui), corp: findCorp(ui), member: findMember(ui) };
  render(root as Element, drawPage(page));
  keepChoices(ui);
}

async function poll(): Promise<void> {
  if (!document.hidden) {
    await act.refresh();
    await act.watch();
  }
  setTimeout(() => void poll(), POLL_MS);
}

// The phone's "back" walks the browser's history; this guard keeps it from walking out of the page.
history.replaceState('edge', '');
history.pushState('page', '');
addEventListener('popstate', (event) => {
  if (event.state === 'edge') history.pushState('page', '');
});

draw();
void poll();
