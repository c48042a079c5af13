import type { AdminLicences } from '../../../server/http/contract/admin';
import { dateText, daysUntil } from './licence-dates';
import type { LicenceWords } from './licence-words';

/** Something an administrator should do, and by when. */
export type Todo = {
  readonly id: string;
  /** Days until it must be done; null when it has no date. */
  readonly inDays: number | null;
  readonly title: string;
  readonly note: string;
  readonly action: { readonly label: string; readonly href: string } | null;
};

type Ctx = {
  readonly data: AdminLicences;
  readonly nowIso: string;
  readonly lang: 'zh-CN' | 'en';
  readonly words: LicenceWords;
};
type Find = (ctx: Ctx) => Todo | null;

const BUY = '#buy';

const trialEnds: Find = ({ data: { trial }, nowIso, lang, words }) =>
  trial?.running && trial.daysLeft <= 30
    ? {
        id: 'trial',
        inDays: trial.daysLeft,
        title: words.todoTrial,
        note: words.todoTrialHint(dateText(trial.endsAt, nowIso, lang)),
        action: { label: words.buy, href: BUY },
      }
    : null;

const requestsWait: Find = ({ data: { requests, free }, words }) =>
  requests.length > 0
    ? {
        id: 'requests',
        inDays: 0,
        title: words.todoRequests(requests.length),
        note: words.todoRequestsHint(free),
        action: free > 0 ? { label: words.assignAll, href: '#requests' } : { label: words.buy, href: BUY },
      }
    : null;

const seatsEnd: Find = ({ data: { seats }, nowIso, lang, words }) => {
  const ending = seats.filter(({ state }) => state === 'expiring').sort((a, b) => a.daysLeft - b.daysLeft);
  const [first] = ending;
  return first
    ? {
        id: 'expiring',
        inDays: first.daysLeft,
        title: words.todoExpiring(ending.length),
        note: words.todoExpiringHint(dateText(first.expiresAt, nowIso, lang)),
        action: { label: words.renew, href: BUY },
      }
    : null;
};

const autoIsOff: Find = ({ data: { autoActivation, free }, words }) =>
  !autoActivation && free > 0
    ? {
        id: 'auto',
        inDays: null,
        title: words.todoAuto,
        note: words.todoAutoHint,
        action: { label: words.settings, href: '#auto' },
      }
    : null;

const freeLapse: Find = ({ data: { activateBy, free }, nowIso, lang, words }) =>
  activateBy && free > 0
    ? {
        id: 'free',
        inDays: daysUntil(activateBy, nowIso),
        title: words.todoFree(free),
        note: words.todoFreeHint(dateText(activateBy, nowIso, lang)),
        action: { label: words.view, href: '#orders' },
      }
    : null;

const codesComing: Find = ({ data: { generating }, words }) =>
  generating
    ? { id: 'generating', inDays: null, title: words.todoGenerating, note: words.todoGeneratingHint, action: null }
    : null;

/** What needs doing, most urgent first; things without a date come last. */
export function findTodos(ctx: Ctx): Todo[] {
  return [requestsWait, trialEnds, seatsEnd, freeLapse, autoIsOff, codesComing]
    .map((find) => find(ctx))
    .filter((todo) => todo !== null)
    .sort((a, b) => (a.inDays ?? Infinity) - (b.inDays ?? Infinity));
}
