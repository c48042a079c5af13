import { setMaxListeners } from 'node:events';
import type { SandboxClock } from '../clock';
import type { CallbackRecord, PlainMail, State } from '../state/types';
import { newId } from '../world';
import { attempt } from './deliver';
import { plainOf, type CallbackMail } from './mail';
import { writeXml } from './xml';

/** Three times in all (callbacks.md section 4). The pauses are not documented: short, so that a replay window is met. */
const ATTEMPTS = 3;
const PAUSES_MS = [500, 1500];

/** How many callbacks the log keeps. */
const LOG_LENGTH = 200;

export type Postman = {
  send(mail: CallbackMail): void;
  /** Writes it into the log without sending it. */
  note(mail: CallbackMail, state: 'held' | 'dropped'): CallbackRecord;
  /** Sends what was held, under its record in the log. */
  release(id: string, mail: PlainMail): void;
  /** Resolves when nothing is on its way any more. */
  idle(): Promise<void>;
  /** Forgets what is on its way (restore, reset, close); the state still knows of it. */
  recall(): void;
  /** Sends what was on its way when the present state was kept. */
  resume(): void;
};

/**
 * Delivers callbacks in the background: a corp's first attempts go out in order, repeats come when they come. `settled` is
 * called after each, with whether it has arrived or was given up.
 */
export function createPostman(
  clock: SandboxClock,
  stateNow: () => State,
  settled: (mail: PlainMail, delivered: boolean) => void,
): Postman {
  let round = newRound();
  const lastFirstTries = new Map<string, Promise<unknown>>();
  const underWay = new Set<Promise<void>>();

  const start = (mail: CallbackMail, record: CallbackRecord, stop: AbortSignal): void => {
    const key = `${mail.url} ${mail.corpId ?? ''}`;
    const before = lastFirstTries.get(key) ?? Promise.resolve();
    const firstTry = before.then(() => !stop.aborted && attempt(mail, record, clock.now(), stop));
    lastFirstTries.set(key, firstTry);
    const whole = firstTry.then(async (delivered) => {
      await finish(mail, record, delivered, clock, stop);
      if (stop.aborted) return;
      const state = stateNow();
      state.mailUnderWay = state.mailUnderWay.filter((one) => one.id !== record.id);
      settled(mail, record.state === 'delivered');
    });
    underWay.add(whole);
    void whole.finally(() => {
      underWay.delete(whole);
      if (lastFirstTries.get(key) === firstTry) lastFirstTries.delete(key);
    });
  };

  const release = (id: string, mail: PlainMail): void => {
    const noted = stateNow().callbacks.find((one) => one.id === id);
    const record = noted ?? write(stateNow(), mail, clock.now());
    Object.assign(record, { state: 'pending', url: mail.url });
    stateNow().mailUnderWay.push({ id: record.id, mail });
    start({ ...mail, attempts: Math.max(1, ATTEMPTS - record.attempts.length) }, record, round.signal);
  };

  return {
    send: (mail) => {
      const record = write(stateNow(), mail, clock.now());
      if (!isWatched(mail)) stateNow().mailUnderWay.push({ id: record.id, mail: plainOf(mail) });
      start(mail, record, round.signal);
    },
    note: (mail, state) => Object.assign(write(stateNow(), mail, clock.now()), { state }),
    release,
    idle: async () => {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    recall: () => {
      round.abort();
      round = newRound();
      lastFirstTries.clear();
    },
    resume: () => {
      const { callbacks, mailUnderWay } = stateNow();
      const left = mailUnderWay.splice(0);
      const known = new Set(left.map(({ id }) => id));
      for (const record of callbacks) if (record.state === 'pending' && !known.has(record.id)) record.state = 'failed';
      for (const { id, mail } of left) release(id, mail);
    },
  };
}

/** Knocks at apps that start late: whoever waits for the answer sends them again. */
function isWatched({ onDelivered, onFailed }: CallbackMail): boolean {
  return onDelivered !== undefined || onFailed !== undefined;
}

/** Repeats until delivered or out of attempts, then settles the record. */
async function finish(
  mail: CallbackMail,
  record: CallbackRecord,
  deliveredAtOnce: boolean,
  clock: SandboxClock,
  stop: AbortSignal,
): Promise<void> {
  let delivered = deliveredAtOnce;
  for (let number = 1; number < (mail.attempts ?? ATTEMPTS) && !delivered; number += 1) {
    await pause(PAUSES_MS[number - 1] ?? 0, stop);
    if (stop.aborted) return;
    delivered = await attempt(mail, record, clock.now(), stop);
  }
  if (stop.aborted) return;
  record.state = delivered ? 'delivered' : 'failed';
  if (delivered) mail.onDelivered?.();
  else mail.onFailed?.();
}

/** What calls back everything sent under it; any number of callbacks may listen. */
function newRound(): AbortController {
  const round = new AbortController();
  setMaxListeners(0, round.signal);
  return round;
}

function write(state: State, mail: CallbackMail, atMs: number): CallbackRecord {
  const record: CallbackRecord = {
    id: newId('cb', 8),
    at: atMs,
    channel: mail.channel,
    type: mail.type,
    corpId: mail.corpId,
    suiteId: mail.suiteId,
    url: mail.url,
    xml: writeXml(mail.fields),
    attempts: [],
    state: 'pending',
  };
  state.callbacks.unshift(record);
  state.callbacks.length = Math.min(state.callbacks.length, LOG_LENGTH);
  return record;
}

function pause(ms: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      stop.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    stop.addEventListener('abort', end, { once: true });
  });
}
