import { ApiFault } from '../api/api-fault';
import type { GateHandle } from '../gate/gate-context';
import { currentPath } from './host';
import { offerSdk } from './ww-register';

/** WeCom's authorize address ends in this mark, and redirects keep it; forwarded, it would mean nothing. */
function dropLoginMark(): void {
  if (location.hash === '#wechat_redirect') history.replaceState(history.state, '', currentPath());
}

/** Starts the gate: its state came with the page; a page without one (a bare index.html) asks for the verdict. */
export async function enter({ store, port }: GateHandle): Promise<void> {
  dropLoginMark();
  const { state } = store.get();
  if (state.screen !== 'verdict' || state.verdict !== null) return offerSdk(state);
  try {
    store.show(await port.askVerdict('base'));
  } catch (error) {
    if (error instanceof ApiFault && error.status === 401) port.login(currentPath());
    else store.update({ state: { ...state, screen: 'open_in_wecom' } });
  }
}
