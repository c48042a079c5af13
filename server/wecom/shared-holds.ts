import type { Logger } from 'pino';
import type { Clock } from '../clock';
import type { EventBus } from '../events';
import type { WecomHoldsTable } from '../store/schema';
import type { Store } from '../store/store';
import { deleteHold, findHold, listHoldsAfter, saveHold } from '../store/wecom-holds';
import { createHolds, LONGEST_HOLD_MS, MOST_HOLDS, type Hold, type Holds } from './holds';

export type SharedHolds = Holds & {
  /** Reads what is held by everybody: at the start, before the first call. Never throws. */
  readonly recall: () => Promise<void>;
};

type Parts = {
  readonly clock: Clock;
  readonly events: EventBus;
  readonly log: Logger;
  readonly store: Pick<Store, 'db'>;
};

/**
 * Holds that outlive the process and that every instance keeps: a block is written down and told after WeCom's answer,
 * and whoever hears of it reads it. Asking whether something is held waits for nothing. While the store is away each
 * instance goes on with what it knows, and learns a new block by one refused call of its own.
 */
export function shareHolds({ clock, events, log, store }: Parts): SharedHolds {
  const { db } = store;
  const holds = createHolds(clock, {
    held: (key, hold) => tell(key, saveHold(db, rowOf(key, hold), clock.now() + LONGEST_HOLD_MS)),
    released: (key, { untilMs }) => tell(key, deleteHold(db, key, untilMs)),
  });

  function tell(key: string, written: Promise<void>): void {
    written.then(
      () => events.publish({ kind: 'holdChanged', key }),
      (error: unknown) => log.warn({ err: error }, 'the other instances are not told what WeCom has blocked'),
    );
  }

  async function look(key: string): Promise<void> {
    const row = await findHold(db, key);
    if (row === null) holds.forget(key);
    else holds.learn(key, holdOf(row));
    log.info(
      { path: pathOf(key), untilMs: row?.until_ms ?? null },
      'another instance met a block of WeCom’s, or its end',
    );
  }

  /** What is over and no longer written down was released while nobody listened. */
  async function recall(): Promise<void> {
    const rows = await listHoldsAfter(db, clock.now() - LONGEST_HOLD_MS, MOST_HOLDS);
    const written = new Set(rows.map(({ key }) => key));
    for (const key of holds.keys()) if (!written.has(key)) holds.forget(key);
    for (const row of rows) holds.learn(row.key, holdOf(row));
  }

  const unread = (error: unknown): void => log.warn({ err: error }, 'what WeCom has blocked could not be read');
  events.subscribe((news, origin) => {
    if (news.kind === 'holdChanged' && origin === 'elsewhere') look(news.key).catch(unread);
    if (news.kind === 'missed') recall().catch(unread);
  });
  return { check: holds.check, block: holds.block, release: holds.release, recall: () => recall().catch(unread) };
}

const rowOf = (key: string, { lengthMs, untilMs }: Hold): WecomHoldsTable => ({
  key,
  until_ms: untilMs,
  length_ms: lengthMs,
});
const holdOf = ({ length_ms, until_ms }: WecomHoldsTable): Hold => ({ untilMs: until_ms, lengthMs: length_ms });
const pathOf = (key: string): string => key.slice(key.indexOf(' ') + 1);
