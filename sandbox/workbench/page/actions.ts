import { formatDay, formatTime } from './calendar';
import { sinceOpenedMs } from './clock';
import { control, ControlError } from './control';
import { createPhoneActions } from './phone-actions';
import { dropPhones } from './phone-link';
import type { Corp, Fault, Interception, SandboxState } from './state';
import { nowOf, type Dialog, type Store, type Ui } from './ui';
import { speaker, type WordKey } from './words';

const TOAST_MS = 6000;

export type Purchase = { base: number; externalContact: number; months: number; generateSeconds: number };

/** What the person at the page can do. Every failure ends as a message on the page. */
export type Actions = ReturnType<typeof createActions>;

export function createActions(store: Store) {
  const say = (key: WordKey, values?: Record<string, string | number>) => speaker(store.ui.lang)(key, values);
  const toast = (text: string, tone: 'ok' | 'stop' = 'ok'): void => {
    const shown = { text, tone };
    store.set({ toast: shown });
    // Bad news stays until it is closed.
    if (tone === 'ok') setTimeout(() => store.ui.toast === shown && store.set({ toast: null }), TOAST_MS);
  };
  const fail = (error: unknown) =>
    toast(say('failed', { message: error instanceof Error ? error.message : String(error) }), 'stop');

  const refresh = async (): Promise<void> => {
    try {
      const state = await control<SandboxState>('state');
      store.set({ state, heardAtMs: sinceOpenedMs(), online: true, ...keepChoice(store.ui, state) });
    } catch (error) {
      if (!(error instanceof ControlError)) throw error;
      store.set({ online: false });
    }
  };
  const attempt = (work: () => Promise<unknown>, doneText?: string): Promise<void> =>
    work()
      .then(() => refresh())
      .then(() => {
        if (doneText) toast(doneText);
      })
      .catch(fail);
  const phone = createPhoneActions(store, { attempt, toast, say });
  const corpId = (): string => store.ui.corpId ?? '';

  return {
    ...phone,
    refresh,
    toast,
    set: (change: Partial<Ui>) => store.set(change),
    show: (dialog: Dialog | null) => store.set({ dialog }),
    chooseCorp(corp: Corp) {
      store.set({ corpId: corp.corpId, person: firstPerson(corp), phone: null, where: null });
    },
    choosePerson: (person: Ui['person']) => store.set({ person, phone: null, where: null }),
    async goTo(toMs: number) {
      if (toMs <= nowOf(store.ui)) return toast(say('onlyForward'), 'stop');
      store.set({ busy: say('jumping', { day: formatDay(toMs, nowOf(store.ui), store.ui.lang) }) });
      await attempt(
        () => control('clock', { now: Math.round(toMs) }),
        say('jumped', { day: formatDay(toMs, toMs, store.ui.lang), time: formatTime(toMs) }),
      );
      store.set({ busy: null });
      phone.reload();
    },
    snapshot: () => attempt(() => control('snapshot', {}), say('snapshotTaken')),
    restore: () => attempt(() => restore(say('noSnapshot')).then(dropPhones).then(phone.goHome), say('restored')),
    reset: () => attempt(() => control('reset', {}).then(dropPhones).then(phone.goHome), say('resetDone')),
    addCorp: (name: string, kind: string) => attempt(() => control('corps', { name, kind }), say('done')),
    addMember: (name: string) => attempt(() => control('members', { corpId: corpId(), name }), say('done')),
    member: (userId: string, action: string) =>
      attempt(() => control('members', { corpId: corpId(), userId, action }), say('done')),
    install: () => attempt(() => control('install', { corpId: corpId(), via: 'market' }), say('installed')),
    uninstall: () => attempt(() => control('uninstall', { corpId: corpId() }), say('uninstalled')),
    buy: (purchase: Purchase, pay: boolean) =>
      attempt(
        async () => {
          const { generateSeconds, ...order } = purchase;
          const { orderId } = await control<{ orderId: string }>('orders', { corpId: corpId(), ...order });
          if (pay) await control(`orders/${orderId}/pay`, { generateSeconds });
        },
        say(pay ? 'paid' : 'done'),
      ),
    renew: (months: number, pay: boolean) =>
      attempt(
        async () => {
          const { orderId } = await control<{ orderId: string }>('renewals', { corpId: corpId(), months });
          if (pay) await control(`orders/${orderId}/pay`, {});
        },
        say(pay ? 'paid' : 'done'),
      ),
    cancelOrder: (orderId: string) => attempt(() => control(`orders/${orderId}/cancel`, {}), say('done')),
    pay: (orderId: string) => attempt(() => control(`orders/${orderId}/pay`, {}), say('paid')),
    refund: (orderId: string) => attempt(() => control(`orders/${orderId}/refund`, {}), say('done')),
    activate: (userId: string, type: number) =>
      attempt(() => control('seats', { corpId: corpId(), userId, type }), say('done')),
    transfer: (from: string, to: string) =>
      attempt(() => control('transfers', { corpId: corpId(), from, to }), say('done')),
    autoActivation: (on: boolean) => attempt(() => control('auto-activation', { corpId: corpId(), on })),
    interception: (interception: Interception) => attempt(() => control('settings', { interception })),
    pushTicket: () => attempt(() => control('suite-ticket', {}), say('done')),
    toggleFault: (fault: Fault, on: boolean) => attempt(() => setFault(allFaults(store.ui.state), fault, on)),
  };
}

/** Back to the snapshot. The sandbox answers 404 when none was taken. */
async function restore(noSnapshot: string): Promise<void> {
  await control('restore', {}).catch((error: unknown) => {
    throw error instanceof ControlError && error.status === 404 ? new Error(noSnapshot) : error;
  });
}

async function setFault(running: readonly Fault[], fault: Fault, on: boolean): Promise<void> {
  if (on) return control('faults', fault);
  for (const one of running) if (isSameFault(one, fault)) await control('faults', { clear: one.id });
}

/** Every fault that runs, on calls and on callbacks. */
export function allFaults(state: SandboxState | null): Fault[] {
  return [...(state?.faults ?? []), ...(state?.callbackFaults ?? [])];
}

/** Whether a fault that runs is the one a switch stands for. */
export function isSameFault(running: Fault, wanted: Fault): boolean {
  return (
    running.endpoint === wanted.endpoint &&
    running.callback === wanted.callback &&
    running.kind === wanted.kind &&
    running.errcode === wanted.errcode &&
    (running.share ?? 1) === (wanted.share ?? 1)
  );
}

/** The member a newcomer should start as: an ordinary one. */
function firstPerson(corp: Corp): Ui['person'] {
  const member = corp.members.find((one) => !one.admin && !one.left) ?? corp.members[0];
  return member ? { userId: member.userId } : 'visitor';
}

/** Chosen corp and person stay while the sandbox knows them; at first, the corp whose trial is about to end. */
function keepChoice(ui: Ui, state: SandboxState): Partial<Ui> {
  const chosen = state.corps.find((corp) => corp.corpId === ui.corpId);
  const corp = chosen ?? state.corps.find((one) => one.sample === 'trial_5_left') ?? state.corps[0];
  if (!corp) return { corpId: null, person: null };
  const person = ui.person;
  const known = person === 'visitor' || (person && corp.members.some((member) => member.userId === person.userId));
  return { corpId: corp.corpId, person: chosen && known ? person : firstPerson(corp) };
}
