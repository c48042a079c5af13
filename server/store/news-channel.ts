import { Client, type ClientConfig, type Pool } from 'pg';

/** PostgreSQL refuses a notification of 8000 bytes and more. */
export const MOST_PAYLOAD_BYTES = 7900;

/** LISTEN / NOTIFY: short texts to every process on this database, delivered when their transaction has committed. */
export type NewsChannel = {
  /** Each text of at most MOST_PAYLOAD_BYTES. Resolves when PostgreSQL has them; this process hears them too. */
  readonly send: (payloads: readonly string[]) => Promise<void>;
  readonly listen: (handlers: ChannelHandlers) => Listening;
};

type ChannelHandlers = {
  readonly onMessage: (payload: string) => void;
  /** Listening from now on; `again`: what was sent since the connection broke was not heard. */
  readonly onListening: (again: boolean) => void;
  readonly onBroken: (error: unknown) => void;
};

type Listening = { readonly stop: () => Promise<void> };

const CHANNEL = 'wecom_activation_gate';
/** A connection whose other end is gone says nothing by itself: it is asked this often. */
const ASK_EVERY_MS = 10_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 3000;

/** The channel of one database. Listening takes a connection of its own: a pool would take it away. */
export function createNewsChannel(pool: Pool, config: ClientConfig): NewsChannel {
  return {
    send: async (payloads) => {
      await pool.query('select pg_notify($1, payload) from unnest($2::text[]) as payload', [CHANNEL, payloads]);
    },
    listen: (handlers) => {
      const stopping = new AbortController();
      const ended = keepListening(config, handlers, stopping.signal);
      return { stop: () => (stopping.abort(), ended) };
    },
  };
}

/** Connects, listens until the connection breaks, and connects again, until it is stopped. */
async function keepListening(config: ClientConfig, handlers: ChannelHandlers, stop: AbortSignal): Promise<void> {
  let again = false;
  for (let failures = 0; !stop.aborted; failures += 1) {
    const client = new Client(config);
    client.on('notification', ({ payload }) => handlers.onMessage(payload ?? ''));
    const broken = new Promise<unknown>((resolve) => client.on('error', resolve).on('end', () => resolve(null)));
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
      handlers.onListening(again);
      again = true;
      failures = 0;
      await untilBroken(client, broken, stop);
    } catch (error) {
      if (!stop.aborted) handlers.onBroken(error);
    }
    // One that never connected has nothing to end, and says so.
    await client.end().catch((error: unknown) => void error);
    await pause(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures), stop);
  }
}

/** Resolves when it is time to stop; throws when the connection broke or gives no answer. */
async function untilBroken(client: Client, broken: Promise<unknown>, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    const wait = new AbortController();
    const first = await Promise.race([
      broken.then((error) => ({ error })),
      pause(ASK_EVERY_MS, AbortSignal.any([stop, wait.signal])),
    ]);
    wait.abort();
    if (first !== undefined) throw first.error ?? new Error('the listening connection was closed');
    if (!stop.aborted) await client.query('select 1');
  }
}

/** Resolves after a while, or at once when everything stops. */
function pause(ms: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (stop.aborted) return resolve();
    const over = (): void => {
      clearTimeout(timer);
      stop.removeEventListener('abort', over);
      resolve();
    };
    const timer = setTimeout(over, ms);
    stop.addEventListener('abort', over);
  });
}
