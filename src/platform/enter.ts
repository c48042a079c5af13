import { getCurrentPages, getLaunchOptionsSync, onAppShow, redirectTo } from '@tarojs/taro';
import type { GateHandle } from '../gate/gate-context';
import type { GateStore } from '../gate/gate-store';
import { currentPath } from './host';
import { offerWaysIn } from './login';
import { packagePath, readArrival } from './mini/arrival';
import { createEntrance } from './mini/entrance';
import { watchNetwork } from './mini/network';
import { watchTheme } from './mini/theme';
import { offerUpdates } from './mini/updates';
import { followWantedPage } from './mini/wanted-page';

/** Puts this page in place of the one on the screen, unless it is the same. */
function settleOn(address: string): void {
  const url = packagePath(address);
  const here = getCurrentPages().at(-1)?.route;
  if (url === null || here === undefined || url.startsWith(`/${here}`)) return;
  void redirectTo({ url });
}

function goOnWhenLetIn(store: GateStore): void {
  store.subscribe(() => {
    const wanted = followWantedPage(store.get().state);
    if (wanted !== null) settleOn(wanted);
  });
}

/** Starts the gate in a mini-program: whoever opens it is logged in and judged, and again whenever it is opened anew. */
export async function enter({ store }: GateHandle): Promise<void> {
  const entrance = createEntrance(store);
  let opened = readArrival(getLaunchOptionsSync());
  offerWaysIn(entrance);
  goOnWhenLetIn(store);
  watchTheme();
  watchNetwork(() => void entrance.resume(currentPath()));
  offerUpdates();
  onAppShow((opening) => {
    const arrival = readArrival(opening);
    if (arrival.page === opened.page) return void entrance.resume(currentPath());
    opened = arrival;
    void entrance.open(arrival);
  });
  await entrance.open(opened);
  settleOn(opened.page);
}
