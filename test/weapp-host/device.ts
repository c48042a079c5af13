/** What a person can set on the phone, and what the network is like. */
export type DeviceState = {
  readonly theme: 'light' | 'dark';
  /** Text size in WeChat's and WeCom's settings, px; 17 is the usual one. */
  readonly fontSizeSetting: number;
  readonly language: 'zh_CN' | 'en';
  readonly network: 'wifi' | 'none';
  /** A weak network: how long every answer takes more. */
  readonly delayMs: number;
  /** How far the phone's clock is ahead of the machine's. */
  readonly clockAheadMs: number;
  /** WeCom has `wx.qy`, WeChat has not. */
  readonly client: 'wecom' | 'wechat';
  /** Where `wx.qy.login` gets its code by POST: the sandbox's order for this person's phone. Null: the login fails. */
  readonly loginUrl: string | null;
  /** Origins the phone reaches elsewhere, as `curl --connect-to`: the package names one server, a test's listens on another port. */
  readonly connectTo: Readonly<Record<string, string>>;
};

export const NEW_DEVICE: DeviceState = {
  theme: 'light',
  fontSizeSetting: 17,
  language: 'zh_CN',
  network: 'wifi',
  delayMs: 0,
  clockAheadMs: 0,
  client: 'wechat',
  loginUrl: null,
  connectTo: {},
};

/** One phone: its settings, and what the mini-program keeps on it over restarts. */
export type Device = {
  readonly get: () => DeviceState;
  readonly set: (change: Partial<DeviceState>) => void;
  /** The mini-program is told of a change only while it runs; the newest listener set wins at a restart. */
  readonly watch: (listener: (now: DeviceState, before: DeviceState) => void) => void;
  readonly storage: Map<string, string>;
  readonly clipboard: { text: string };
};

export function createDevice(): Device {
  let state = NEW_DEVICE;
  let listener: (now: DeviceState, before: DeviceState) => void = () => undefined;
  return {
    get: () => state,
    set: (change) => {
      const before = state;
      state = { ...state, ...change };
      listener(state, before);
    },
    watch: (next) => void (listener = next),
    storage: new Map(),
    clipboard: { text: '' },
  };
}
