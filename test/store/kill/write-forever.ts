import { randomIds } from '../../../server/ids';
import { createInboxWriter, type NewCallback } from '../../../server/store/inbox';
import { openStore } from '../../../server/store/store';

/** Run as a child: keeps callbacks through the real store for ever, and names each on standard output once it is kept. */
const [, , databaseUrl = ''] = process.argv;

const callback = (): NewCallback => ({
  event_key: randomIds.token(),
  channel: 'command',
  type: 'change_auth',
  corp_id: 'wpcorp',
  event_at_ms: 1000,
  body_sealed: 'x'.repeat(300),
  received_at_ms: 1000,
});

async function keepWriting(keep: (row: NewCallback) => Promise<void>): Promise<never> {
  for (;;) {
    const row = callback();
    await keep(row);
    process.stdout.write(`${row.event_key}\n`);
  }
}

async function main(): Promise<void> {
  const store = await openStore(databaseUrl);
  const keep = createInboxWriter(store);
  await Promise.all(Array.from({ length: 20 }, () => keepWriting(keep)));
}

void main();
