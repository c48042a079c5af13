import { findCorp } from '../../server/store/corps';
import { waitFor } from './wait-for';
import { startWorld, type World, type WorldOptions } from './world';

/** A world with the sample corps, whose time a test moves. */
export type SampleWorld = World & {
  /** The nth member (from 1) of a sample corp: 1 to play with, 2 administers, 4 has no seat. */
  readonly member: (sample: string, nth?: number) => { corpId: string; userId: string };
  /** Moves WeCom's time, for the server too. */
  readonly advance: (span: string) => Promise<void>;
  readonly moveTo: (atMs: number) => Promise<void>;
};

/** Starts sandbox and server, and waits until the server has heard of every sample corp. */
export async function startSampleWorld(options: WorldOptions = {}): Promise<SampleWorld> {
  const world = await startWorld({ samples: true, ...options });
  const moved = async (body: object) => {
    await world.order('clock', body);
    await world.settled();
  };
  const member: SampleWorld['member'] = (sample, nth = 1) => {
    const corp = world.sandbox.state.corps.find((one) => one.sample === sample);
    const found = corp?.members[nth - 1];
    if (!corp || !found) throw new Error(`no member ${nth} of sample ${sample}`);
    return { corpId: corp.corpId, userId: found.userId };
  };
  await waitFor('the sample corps to be installed', () => everySampleArrived(world), 30_000);
  return { ...world, member, advance: (span) => moved({ advance: span }), moveTo: (atMs) => moved({ now: atMs }) };
}

/** Whether the server has heard of every sample corp that plays with its suite. */
async function everySampleArrived({ deps, sandbox }: World): Promise<boolean> {
  const suite = sandbox.state.suites.find(({ suiteId }) => suiteId === deps.config.suite.id);
  const samples = sandbox.state.corps.filter((corp) => corp.sample !== null && corp.suiteId === suite?.suiteId);
  const known = await Promise.all(samples.map(({ corpId }) => findCorp(deps.store.db, corpId)));
  return known.every(
    (corp, index) => corp?.status === (samples[index]?.sample === 'removed' ? 'removed' : 'installed'),
  );
}
