import { createApp } from '../../../server/app';
import { handleInbox } from '../../../server/jobs/handle-inbox';
import { createRoundRunner } from '../../../server/jobs/rounds';
import { shareEvents } from '../../../server/share-events';
import { benchDeps } from './deps';
import { listenAndTell } from './listen-and-tell';

/** Receives callbacks and handles them, as a production server does beside its other work. */
async function main(): Promise<void> {
  const deps = await benchDeps();
  if (deps.store.shared) shareEvents({ ...deps, channel: deps.store.shared.channel });
  createRoundRunner(deps, [handleInbox]).start();
  listenAndTell(createApp(deps));
}

void main();
