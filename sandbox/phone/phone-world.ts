/** What the proxy must know about one person's device. */
export type PhoneDevice = {
  phoneId: string;
  /** The user agent of the web view on this device, as a person opening it first would send it. */
  userAgent: string;
  /** Origin of the app server that serves this phone's corp. */
  appOrigin: string;
};

/** The sandbox as the proxy sees it. Read anew at each request, so ports may be filled in after listening. */
export type PhoneWorld = {
  /** Where the fake WeCom listens, e.g. `http://127.0.0.1:9100`. */
  readonly sandboxOrigin: string;
  /** The sandbox's clock in ms: cookies on a phone grow old by it. */
  now(): number;
  findPhone(phoneId: string): PhoneDevice | null;
};
