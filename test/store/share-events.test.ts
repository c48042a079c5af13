import { sql } from 'kysely';
import { createEventBus, type News } from '../../server/events';
import { randomIds } from '../../server/ids';
import { createLog } from '../../server/log';
import { createMetrics } from '../../server/metrics';
import { pack, shareEvents } from '../../server/share-events';
import { MOST_PAYLOAD_BYTES } from '../../server/store/news-channel';
import { openStore, type Store } from '../../server/store/store';
import { startPostgres, type TestPostgres } from '../support/postgres';
import { waitFor } from '../support/wait-for';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

/** One process's part in it, without the process. */
async function join(store: Store) {
  const events = createEventBus();
  const heard: News[] = [];
  events.subscribe((news, origin) => void (origin === 'elsewhere' && heard.push(news)));
  if (!store.shared) throw new Error('PostgreSQL only');
  const { channel } = store.shared;
  const log = createLog('silent');
  const shared = shareEvents({ events, ids: randomIds, log, metrics: createMetrics(), channel });
  await shared.listening;
  return { events, heard, stop: shared.stop };
}

async function two() {
  const url = await postgres.createDatabase();
  const store = await openStore(url);
  const [one, other] = [await join(store), await join(store)];
  const stop = async () => {
    await Promise.all([one.stop(), other.stop()]);
    await store.close();
  };
  return { url, store, one, other, stop };
}

test('news of one process is heard by the other, each piece once and never by itself', async () => {
  const { one, other, stop } = await two();
  for (let nth = 0; nth < 3; nth += 1) one.events.changed({ corpId: 'wpcorp', userId: 'woMember' });
  one.events.jobDue('handle-inbox');
  one.events.publish({ kind: 'sessionChanged', sidHash: 'ab12' });
  one.events.publish({ kind: 'tokensDropped', corpId: 'wpcorp' });
  await waitFor('the news', () => other.heard.length >= 4);
  expect(other.heard).toEqual([
    { kind: 'changed', corpId: 'wpcorp', userId: 'woMember' },
    { kind: 'jobDue', job: 'handle-inbox' },
    { kind: 'sessionChanged', sidHash: 'ab12' },
    { kind: 'tokensDropped', corpId: 'wpcorp' },
  ]);
  expect(one.heard).toEqual([]);
  await stop();
});

test('news given out just before the end is still sent', async () => {
  const { one, other, store } = await two();
  one.events.changed({ corpId: 'wpcorp', userId: null });
  await one.stop();
  await waitFor('the news', () => other.heard.length === 1);
  await other.stop();
  await store.close();
});

test('after a broken connection everything remembered is dropped, and news is heard again', async () => {
  const { one, other, stop, store, url } = await two();
  const database = new URL(url).pathname.slice(1);
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = ${database} and query like 'listen%'`.execute(store.db);
  await waitFor('both to listen again', () => [one, other].every(({ heard }) => heard.length > 0));
  expect(other.heard).toContainEqual({ kind: 'missed' });
  one.events.changed({ corpId: 'wpcorp', userId: null });
  await waitFor('the news', () => other.heard.some(({ kind }) => kind === 'changed'));
  await stop();
});

test('a message nobody of this release understands counts as missed news', async () => {
  const { one, other, stop, store } = await two();
  await store.shared?.channel.send(['{"from":"a later release","news":[{"kind":"never heard of"}]}', 'not JSON']);
  await waitFor('both messages', () => other.heard.length === 2 && one.heard.length === 2);
  expect(other.heard).toEqual([{ kind: 'missed' }, { kind: 'missed' }]);
  await stop();
});

test('every message stays below what PostgreSQL takes, and a piece that cannot becomes missed', () => {
  const many = Array.from({ length: 500 }, (_, nth): News => ({
    kind: 'changed',
    corpId: 'wp'.repeat(20),
    userId: `员工${nth}`,
  }));
  const messages = pack('me', many);
  expect(messages.every((message) => Buffer.byteLength(message) <= MOST_PAYLOAD_BYTES)).toBe(true);
  expect(messages.flatMap((message) => (JSON.parse(message) as { news: News[] }).news)).toEqual(many);
  expect(messages.length).toBeLessThan(20);
  const huge = pack('me', [{ kind: 'jobDue', job: '长'.repeat(4000) }]);
  expect(huge.map((message) => JSON.parse(message))).toEqual([{ from: 'me', news: [{ kind: 'missed' }] }]);
});
