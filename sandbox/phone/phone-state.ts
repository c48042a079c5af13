import { createCookieJar, type CookieJar } from './cookie-jar';
import { DEFAULT_LOOK, type DeviceLook } from './device-look';
import type { PhoneDevice, PhoneWorld } from './phone-world';

/** What the proxy remembers of one phone: its cookies, how it is set up, and the page it shows. */
export type PhoneState = {
  /** One jar per server: a phone may open the apps of several providers, and WeCom's own pages. */
  cookiesAt(origin: string): CookieJar;
  forgetCookies(): void;
  look: DeviceLook;
  /** Path of the app's page shown last, or null before the first one. */
  where: string | null;
};

export type Phones = {
  /** The device and its state, or null when the sandbox does not know the phone (any more). */
  find(phoneId: string | null): { device: PhoneDevice; state: PhoneState } | null;
};

/** Keeps a state per phone; it goes when the sandbox forgets the phone. */
export function createPhones(world: PhoneWorld): Phones {
  const states = new Map<string, PhoneState>();
  const now = (): number => world.now();
  return {
    find(phoneId) {
      if (!phoneId) return null;
      const device = world.findPhone(phoneId);
      if (!device) {
        states.delete(phoneId);
        return null;
      }
      const state = states.get(phoneId) ?? createState(now);
      states.set(phoneId, state);
      return { device, state };
    },
  };
}

function createState(now: () => number): PhoneState {
  const jars = new Map<string, CookieJar>();
  return {
    cookiesAt(origin) {
      const jar = jars.get(origin) ?? createCookieJar(now);
      jars.set(origin, jar);
      return jar;
    },
    forgetCookies: () => jars.clear(),
    look: DEFAULT_LOOK,
    where: null,
  };
}
