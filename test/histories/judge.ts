import { isDeepStrictEqual } from 'node:util';
import { forgetCorps } from '../../server/jobs/forget-corps';
import { reconcileCorp, type Reconciled } from '../../server/licences/reconcile';
import { findCorp } from '../../server/store/corps';
import { compareLedger } from '../support/compare-ledger';
import { plain, readReplay, readTables } from '../support/ledger-on-record';
import { tellTruth, type Cast } from './play';
import type { Stage } from './stage';

const DAY_MS = 86_400_000;

/**
 * Ends a history: WeCom answers again and whatever was lost stays lost; every corp is reconciled. Then the ledger must be
 * WeCom's truth, a further reconciliation must find nothing to do, and the entries must replay to the tables.
 * @returns what is wrong, in words; nothing when all is well
 */
export async function judge(stage: Stage, cast: readonly Cast[]): Promise<string[]> {
  await stage.order('faults', { clear: true });
  await stage.order('clock', { advance: '10m' });
  await stage.order('suite-ticket', {});
  await stage.settle(); // Twice: what one corp shares is learnt from the corp that gave it.
  await reconcileAll(stage, cast);
  await bringBack(stage, cast);
  await reconcileAll(stage, cast);
  await forgetClosed(stage);
  const wrong: string[] = [];
  for (const [index, { corpId }] of cast.entries()) {
    const say = (text: string) => wrong.push(`corp ${index}: ${text}`);
    await compareCorp(stage, corpId, cast, say);
    await reconcile(stage, corpId, true);
    // Not to take WeCom's word for it that nothing changed: all of it is compared once more.
    const again = await reconcile(stage, corpId, false);
    const changes = Object.values(again.counts).reduce((sum, count) => sum + count, 0);
    if (changes > 0) say(`a second reconciliation still changed ${JSON.stringify(again.counts)}`);
    const tables = plain(await readTables(stage.store, corpId));
    const replayed = plain(await readReplay(stage.store, corpId));
    if (!isDeepStrictEqual(tables, replayed))
      say(`replay differs\n  tables ${JSON.stringify(tables)}\n  replay ${JSON.stringify(replayed)}`);
  }
  return wrong;
}

async function reconcileAll(stage: Stage, cast: readonly Cast[]): Promise<void> {
  for (const { corpId } of cast) await reconcile(stage, corpId, true);
}

function reconcile(stage: Stage, corpId: string, trusting: boolean): Promise<Reconciled> {
  return reconcileCorp(stage.deps(), corpId, new AbortController().signal, { trusting });
}

/** An auth_code that was not exchanged in time is lost for good: the corp's administrator installs again. */
async function bringBack(stage: Stage, cast: readonly Cast[]): Promise<void> {
  let lost = false;
  for (const { corpId } of cast) {
    const onRecord = (await findCorp(stage.store.db, corpId))?.status === 'installed';
    if (!onRecord && (await tellTruth(stage, corpId)).installed) lost = true;
  }
  if (!lost) return;
  await stage.order('redeliver', {});
  for (let rounds = 0; rounds < 3; rounds += 1) await stage.settle();
}

/** A removal that nobody told of is seen by the code that WeCom no longer takes: the data goes when a day has passed. */
async function forgetClosed(stage: Stage): Promise<void> {
  const deps = stage.deps();
  const tomorrow = { now: () => deps.clock.now() + DAY_MS };
  await forgetCorps({ ...deps, clock: tomorrow }, {}, new AbortController().signal);
}

async function compareCorp(
  stage: Stage,
  corpId: string,
  cast: readonly Cast[],
  say: (text: string) => void,
): Promise<void> {
  const truth = await tellTruth(stage, corpId);
  const onRecord = (await findCorp(stage.store.db, corpId))?.status === 'installed';
  if (onRecord !== truth.installed) return say(`installed ${truth.installed}, on record ${onRecord}`);
  const ledger = plain(await readTables(stage.store, corpId));
  if (!truth.installed) {
    const left = [...Object.keys(ledger.code), ...Object.keys(ledger.seat), ...Object.keys(ledger.licence)];
    if (left.length > 0) say(`the app is gone, but on record are ${left.join(' ')}`);
    return;
  }
  const silent = await giversNotHeard(stage, cast);
  compareLedger(truth, ledger, { silent, say });
}

/** Corps without the app: what they gave away is told by nobody. */
async function giversNotHeard(stage: Stage, cast: readonly Cast[]): Promise<Set<string>> {
  const silent = new Set<string>();
  for (const { corpId } of cast) if (!(await tellTruth(stage, corpId)).installed) silent.add(corpId);
  return silent;
}
