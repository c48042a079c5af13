import { SECOND_MS } from '../clock';
import type { AutoScene } from '../state/types';
import type { World } from '../world';
import { autoActivate } from './auto-activate';

/** WeCom activates some moments after the login or the message, not during it (login.md section 3). */
export const AUTO_ACTIVATION_DELAY_MS = 1.2 * SECOND_MS;

/** Activates these members a moment later; who comes while others of the corp wait joins their notice. */
export function activateSoon(
  world: World,
  corpId: string,
  suiteId: string,
  scene: AutoScene,
  userIds: readonly string[],
): void {
  const gathering = world.state.openers.find(
    (one) => one.corpId === corpId && one.suiteId === suiteId && one.scene === scene,
  );
  if (gathering) {
    gathering.userIds.push(...userIds.filter((userId) => !gathering.userIds.includes(userId)));
    return;
  }
  world.state.openers.push({ corpId, suiteId, scene, userIds: [...userIds] });
  awaitOpeners(world, corpId, suiteId);
}

/** Whoever was about to be activated when the present state was kept still is. */
export function resumeOpeners(world: World): void {
  for (const { corpId, suiteId } of world.state.openers) awaitOpeners(world, corpId, suiteId);
}

function awaitOpeners(world: World, corpId: string, suiteId: string): void {
  world.soon(AUTO_ACTIVATION_DELAY_MS, () => activateOpeners(world, corpId, suiteId));
}

/** Activates everybody gathered for this corp and app. */
export function activateOpeners(world: World, corpId: string, suiteId: string): void {
  const gathered = world.state.openers.filter((one) => one.corpId === corpId && one.suiteId === suiteId);
  world.state.openers = world.state.openers.filter((one) => !gathered.includes(one));
  for (const { userIds, scene } of gathered) autoActivate(world, corpId, userIds, suiteId, scene);
}
