import { systemClock, type Clock } from '../clock';
import type { Deps } from '../deps';
import { countInstancesSince, deleteInstance, deleteInstancesBefore, saveInstance } from '../store/instances';
import type { Round } from './rounds';

const NAME = 'count-instances';
const BEAT_MS = 5000;
/** Two beats may be late or fail before the others count a process out. */
const ALIVE_MS = 3 * BEAT_MS;
/** Rows of processes that were killed say nothing after this. */
const LONG_DEAD_MS = 3_600_000;

/**
 * Returns the round by which an instance says that it lives and counts those that do. Machine time, as for leases: the
 * business clock may jump by years. Who joins tells the others, so that they count at once. While the store is away the
 * last count stands.
 */
export function countInstances(machine: Clock = systemClock): Round {
  let joined = false;
  return {
    name: NAME,
    everyMs: BEAT_MS,
    run: async ({ events, instances, metrics, store }) => {
      const nowMs = machine.now();
      if (!joined) await deleteInstancesBefore(store.db, nowMs - LONG_DEAD_MS);
      await saveInstance(store.db, { id: instances.id, seen_at_ms: nowMs });
      instances.counted(await countInstancesSince(store.db, nowMs - ALIVE_MS));
      metrics.liveInstances(instances.count());
      if (!joined) events.jobDue(NAME);
      joined = true;
    },
  };
}

/** After the last call to WeCom: the others may use this one's part. Without it they find out by themselves. */
export async function leaveInstances({
  events,
  instances,
  log,
  store,
}: Pick<Deps, 'events' | 'instances' | 'log' | 'store'>): Promise<void> {
  try {
    await deleteInstance(store.db, instances.id);
    events.jobDue(NAME);
  } catch (error) {
    log.warn({ err: error }, 'the others are not told that this instance stops');
  }
}
