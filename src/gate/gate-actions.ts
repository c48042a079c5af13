import type { ActionId } from '../../domain/actions';
import { ApiFault } from '../api/api-fault';
import { wordsOf } from '../i18n/words-of';
import type { GatePort } from './gate-port';
import type { GateStore } from './gate-store';

/** What scripts do for an action instead of sending its form; null leaves the form to do it. */
export type Press = (id: ActionId) => (() => void) | undefined;

type Act = (store: GateStore, port: GatePort) => Promise<void>;

const recheck: Act = async (store, port) => {
  const { verdict } = store.get().state;
  store.show(await port.refreshVerdict(verdict?.capability ?? 'base'));
};

const ask: Act = async (store, port) => {
  const { verdict } = store.get().state;
  if (verdict === null) return;
  const { askedAt, adminsAsked } = await port.sendRequest(verdict.reason);
  store.update({ state: { ...store.get().state, request: { askedAt, adminsAsked } } });
};

const switchAutoOn: Act = async (store, port) => {
  await port.setAutoActivation(true);
  await recheck(store, port);
};

const activateOwn: Act = async (store, port) => {
  const { state, message } = await port.activateOwn();
  if (state === 'failed') throw new ApiFault('licence.not_activated', 200, message ?? '');
  store.show(await port.askVerdict(store.get().state.verdict?.capability ?? 'base'));
};

function actOf(id: ActionId): Act | null {
  if (id === 'recheck') return recheck;
  if (id === 'enable_auto_activation') return switchAutoOn;
  if (id === 'activate_now' || id === 'activate_by_hand') return activateOwn;
  return id.startsWith('request_') ? ask : null;
}

/** A lost session leads to login; anything else is said beside the button. */
function tellProblem(store: GateStore, port: GatePort, error: unknown): void {
  const { state } = store.get();
  if (error instanceof ApiFault && error.status === 401) return port.login(state.returnTo);
  const words = wordsOf(state.lang).failed;
  const said = error instanceof ApiFault ? error.message : '';
  const plain = error instanceof ApiFault && error.code === 'network' ? words.sentence : words.again;
  store.update({ problem: said || plain });
}

async function run(act: Act, id: ActionId, store: GateStore, port: GatePort): Promise<void> {
  store.update({ busy: id, problem: null });
  try {
    await act(store, port);
  } catch (error) {
    tellProblem(store, port, error);
  } finally {
    store.update({ busy: null });
  }
}

/** The actions that need no page load where scripts run. The rest stay plain forms and links. */
export function createPress(store: GateStore, port: GatePort): Press {
  return (id) => {
    const act = actOf(id);
    return act === null ? undefined : () => void run(act, id, store, port);
  };
}
