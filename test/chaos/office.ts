import type { Random } from '../histories/random';
import type { Stage } from './stage';

/** Between two things that administrators do. */
const EVERY_MS = 200;

/** What administrators do in WeCom until the signal is given; each of it is told in callbacks, or found out. */
export async function keepOffice(stage: Stage, random: Random, over: AbortSignal): Promise<void> {
  const { busy, order } = stage;
  const { corpId } = busy;
  const staff = busy.members.map(({ userId }) => userId);
  const act = (userId: string, action: string) => order('members', { corpId, userId, action });
  const deeds: readonly (readonly [number, () => Promise<unknown>])[] = [
    [4, () => act(random.pick(staff), 'hide')],
    [4, () => act(random.pick(staff), 'show')],
    [2, async () => staff.push((await order<{ userId: string }>('members', { corpId, name: '新人' })).userId)],
    [1, () => act(random.pick(staff), 'leave')],
    [2, () => stage.buy(busy, 1)],
    [1, () => order('change-auth', { corpId })],
    [1, () => throwSwitch(stage)],
  ];
  while (!over.aborted) {
    await random.weighted(deeds)();
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
}

/** Off and on again: who comes in between waits for it. */
async function throwSwitch({ busy: { corpId }, order }: Stage): Promise<void> {
  await order('auto-activation', { corpId, on: false });
  await order('auto-activation', { corpId, on: true });
}
