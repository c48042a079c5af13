import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createEventBus, type EventBus } from '../../../server/events';
import { createLog } from '../../../server/log';
import { openStore, type Store } from '../../../server/store/store';
import { findHold } from '../../../server/store/wecom-holds';
import { shareHolds, type SharedHolds } from '../../../server/wecom/shared-holds';
import { settableClock } from '../../support/app';
import { waitFor } from '../../support/wait-for';

const MINUTE = 60_000;
const CALL = { corpId: 'wpA', path: '/cgi-bin/license/get_order' };
const KEY = 'wpA /cgi-bin/license/get_order';
const NOW_MS = 1_767_225_600_000;

let folder: string;
let store: Store;
const clock = settableClock(NOW_MS);
beforeEach(async () => {
  clock.set(NOW_MS);
  folder = await mkdtemp(path.join(tmpdir(), 'gate-holds-'));
  store = await openStore(folder);
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

type Process = { readonly events: EventBus; readonly holds: SharedHolds; readonly logs: () => string };

function start(): Process {
  const lines: string[] = [];
  const log = createLog('info', { write: (line: string) => void lines.push(line) });
  const events = createEventBus();
  return { events, holds: shareHolds({ clock, events, log, store }), logs: () => lines.join('') };
}

/** Two that hear each other's news. */
function startTwo(): [Process, Process] {
  const [one, other] = [start(), start()];
  for (const [from, to] of [[one, other] as const, [other, one] as const])
    from.events.subscribe((news, origin) => {
      if (origin === 'here') to.events.publish(news, 'elsewhere');
    });
  return [one, other];
}

const holds = (process: Process, call = CALL): boolean => {
  try {
    process.holds.check(call);
    return false;
  } catch {
    return true;
  }
};
const written = () => waitFor('the block to be written down', () => findHold(store.db, KEY));

test('what one instance is blocked for, the other holds as long, and nothing else', async () => {
  const [one, other] = startTwo();
  expect(one.holds.block(CALL)).toBe(MINUTE);
  await waitFor('the other to hold it', () => holds(other));
  expect(holds(other, { ...CALL, corpId: 'wpB' })).toBe(false);
  clock.advance(MINUTE - 1);
  expect([holds(one), holds(other)]).toEqual([true, true]);
  clock.advance(1);
  expect([holds(one), holds(other)]).toEqual([false, false]);
});

test('a block that proves too short is doubled by whoever asks next, and an answer to one ends that for all', async () => {
  const [one, other] = startTwo();
  one.holds.block(CALL);
  await waitFor('the other to hold it', () => holds(other));
  clock.advance(MINUTE);
  expect(other.holds.block(CALL)).toBe(2 * MINUTE);
  await waitFor('the first to hold it', () => holds(one));
  clock.advance(2 * MINUTE);
  one.holds.release(CALL);
  await waitFor('the other to hear of it', () => other.logs().includes('"untilMs":null'));
  expect(other.holds.block(CALL)).toBe(MINUTE);
});

test('a process that starts knows what was blocked before', async () => {
  start().holds.block(CALL);
  await written();
  const started = start();
  expect(holds(started)).toBe(false);
  await started.holds.recall();
  expect(holds(started)).toBe(true);
});

test('a block, or its end, that nobody was told of is known after news was missed', async () => {
  const [one, deaf] = [start(), start()];
  one.holds.block(CALL);
  await written();
  deaf.events.publish({ kind: 'missed' }, 'elsewhere');
  await waitFor('the block to be read', () => holds(deaf));
  clock.advance(MINUTE);
  one.holds.release(CALL);
  await waitFor('the row to be deleted', async () => (await findHold(store.db, KEY)) === null);
  await deaf.holds.recall();
  expect(deaf.holds.block(CALL)).toBe(MINUTE);
});

test('a block learned while the store is away holds in this process, and fails nothing', async () => {
  const one = start();
  await store.close();
  expect(one.holds.block(CALL)).toBe(MINUTE);
  await waitFor('the log to say so', () => one.logs().includes('not told what WeCom has blocked'));
  await one.holds.recall();
  expect(one.logs()).toContain('could not be read');
  store = await openStore(folder);
  expect(holds(one)).toBe(true);
  expect(await findHold(store.db, KEY)).toBeNull();
});

test('a block made by a clock that was set back since holds nobody', async () => {
  const [one, other] = startTwo();
  clock.advance(365 * 24 * 60 * MINUTE);
  one.holds.block(CALL);
  await waitFor('the other to hold it', () => holds(other));
  clock.set(NOW_MS);
  const started = start();
  await started.holds.recall();
  expect([one, other, started].map((process) => holds(process))).toEqual([false, false, false]);
  expect(other.holds.block(CALL)).toBe(MINUTE);
  await waitFor('the new one to be kept', async () => (await findHold(store.db, KEY))?.until_ms === NOW_MS + MINUTE);
});
