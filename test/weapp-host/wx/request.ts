import type { Apis, Options, WxGiven } from './create-wx';
import { wait } from './wait';

type Callback = (result: object) => void;
type Call = {
  url: string;
  method?: string;
  data?: unknown;
  header?: Record<string, string>;
  dataType?: string;
  timeout?: number;
  success?: Callback;
  fail?: Callback;
  complete?: Callback;
};

const LONGEST_MS = 60_000;

function bodyOf({ method = 'GET', data }: Call): string | undefined {
  if (method.toUpperCase() === 'GET' || data === undefined || data === null) return undefined;
  return typeof data === 'string' ? data : JSON.stringify(data);
}

/** The client's own headers under the app's; names are the same in any spelling. */
function headersOf({ header = {} }: Call): Headers {
  const headers = new Headers({ 'content-type': 'application/json', referer: 'https://servicewechat.com/' });
  for (const [name, value] of Object.entries(header)) headers.set(name, String(value));
  return headers;
}

function addressOf({ url, method = 'GET', data }: Call, connectTo: Readonly<Record<string, string>>): URL {
  const address = new URL(url);
  if (method.toUpperCase() === 'GET' && typeof data === 'object' && data !== null) {
    for (const [name, value] of Object.entries(data)) address.searchParams.set(name, String(value));
  }
  const elsewhere = connectTo[address.origin];
  return elsewhere === undefined ? address : new URL(address.pathname + address.search, elsewhere);
}

function dataOf(text: string, dataType = 'json'): unknown {
  if (dataType !== 'json') return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // As the client: what is no JSON is handed over as text.
    return text;
  }
}

/** `wx.request`: real HTTP, without cookies and without a browser's rules about origins. */
export function requestApis({ device, realm: { copy } }: WxGiven): Apis {
  const running = new Set<AbortController>();
  let isOver = false;

  const send = async (call: Call, aborter: AbortController): Promise<object> => {
    const { network, delayMs, connectTo } = device.get();
    if (delayMs > 0) await wait(delayMs, aborter.signal);
    if (network === 'none') throw new Error('net::ERR_INTERNET_DISCONNECTED');
    const response = await fetch(addressOf(call, connectTo), {
      method: call.method ?? 'GET',
      headers: headersOf(call),
      body: bodyOf(call) ?? null,
      signal: AbortSignal.any([aborter.signal, AbortSignal.timeout(call.timeout ?? LONGEST_MS)]),
    });
    const data = dataOf(await response.text(), call.dataType);
    return { statusCode: response.status, data, header: Object.fromEntries(response.headers), cookies: [] };
  };

  const reasonOf = (error: unknown): string => {
    const { name, message, cause } = error as Error & { cause?: { code?: string } };
    if (name === 'AbortError') return 'abort';
    return name === 'TimeoutError' ? 'timeout' : [message, cause?.code].filter(Boolean).join(' ');
  };

  // Nobody is there to hear what comes after the mini-program's end.
  const tell = (told: object, ...callbacks: readonly (Callback | undefined)[]): void => {
    if (!isOver) callbacks.forEach((callback) => callback?.(copy(told)));
  };
  const request = (options: Options): object => {
    const call = options as unknown as Call;
    const aborter = new AbortController();
    running.add(aborter);
    send(call, aborter)
      .finally(() => running.delete(aborter))
      .then(
        (result) => tell({ ...result, errMsg: 'request:ok' }, call.success, call.complete),
        (error: unknown) =>
          tell({ errMsg: `request:fail ${reasonOf(error)}`, errno: 600_001 }, call.fail, call.complete),
      );
    return { abort: () => aborter.abort(), onHeadersReceived: () => undefined, offHeadersReceived: () => undefined };
  };

  return {
    plain: { request },
    end: () => {
      isOver = true;
      running.forEach((aborter) => aborter.abort());
    },
  };
}
