import { WEAPP_SERVER_ORIGIN } from '../../../scripts/build/weapp-server-origin';
import type { DeviceState } from '../../weapp-host/device';
import { startSampleWorld, type SampleWorld } from '../sample-world';
import type { Holder } from '../stage';
import type { World, WorldOptions } from '../world';
import { createMiniPhone, type MiniPhone } from './mini-phone';
import { IN_DEVTOOLS, openTarget, type Target } from './target';

/** How somebody opens the mini-program. */
export type MiniArrival = {
  /** Address inside the package with its query, as an entry carries it; the list of records without one. */
  readonly url?: string;
  /** WeChat's number for the entry; DevTools cannot say it. */
  readonly scene?: number;
  readonly client?: DeviceState['client'];
  readonly device?: Partial<DeviceState>;
  /** The same phone as before, with what it kept. */
  readonly samePhone?: boolean;
};

/** Sandbox, server and the compiled mini-program; nothing is mocked. */
export type MiniStage = SampleWorld & {
  readonly target: Target;
  /** Somebody's phone opens the mini-program cold. */
  readonly arrive: (holder: Holder, arrival?: MiniArrival) => Promise<MiniPhone>;
};

/** Opens the mini-program on this target as somebody of this world; a person keeps their phone. */
export function createArrive(world: World, target: Target): MiniStage['arrive'] {
  const exceptions: unknown[] = [];
  target.mp.on('exception', (thrown: unknown) => exceptions.push(thrown));
  const phones = new Map<string, string>();
  const phoneOf = async (holder: Holder): Promise<string> => {
    const key = JSON.stringify(holder);
    const known = phones.get(key);
    if (known !== undefined) return known;
    const { id } = await world.phone(holder, holder === 'outsider' ? 'wechat' : 'wecom-ios');
    phones.set(key, id);
    return id;
  };
  return async (holder, { url, scene, client = 'wecom', device, samePhone = false } = {}) => {
    const loginUrl = `${world.sandbox.origin}/sandbox/phones/${await phoneOf(holder)}/mini-login`;
    const phone = createMiniPhone(target, exceptions);
    const settings = { client, loginUrl, connectTo: { [WEAPP_SERVER_ORIGIN]: world.origin }, ...device };
    await phone.open({ url, scene }, settings, samePhone);
    return phone;
  };
}

/** Starts everything with dist/weapp (`npm run build` or `npm test` makes it). */
export async function startMiniStage(options: WorldOptions = {}): Promise<MiniStage> {
  // DevTools reaches the server where the package says it is; the host's phone finds it on any port.
  const port = IN_DEVTOOLS ? { port: Number(new URL(WEAPP_SERVER_ORIGIN).port) } : {};
  const [world, target] = await Promise.all([startSampleWorld({ ...port, ...options }), openTarget()]);
  return {
    ...world,
    target,
    arrive: createArrive(world, target),
    close: async () => {
      await target.close();
      await world.close();
    },
  };
}
