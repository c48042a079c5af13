import { deleteCorpData } from '../corps/delete-corp-data';
import type { Deps } from '../deps';
import { findKeptCorpIds, listCorpIdsAt, listTokenKeysAfter, PLACES } from '../store/strays';
import { corpOfTokenKey, corpTokenPrefix } from '../wecom/corp-token-keys';

const PAGE = 500;

/**
 * Deletes what is kept of corps that have no app, however it came there and however old it is: a member who logged in
 * after the removal, or of a corp that never installed it; what an event of another app of the provider brought; what a
 * removal that was killed half way left behind. Corps of which WeCom has not said for certain are left alone.
 */
export async function forgetStrays(deps: Deps, _payload: object, signal: AbortSignal): Promise<void> {
  let forgotten = 0;
  for await (const corpIds of corpsWithData(deps)) {
    const kept = await findKeptCorpIds(deps.store.db, corpIds);
    for (const corpId of corpIds.filter((one) => !kept.has(one))) {
      signal.throwIfAborted();
      if (await deleteCorpData(deps, corpId)) forgotten += 1;
    }
    signal.throwIfAborted();
  }
  if (forgotten > 0) deps.log.info({ corps: forgotten }, 'what was kept of corps without the app is deleted');
}

/** Every corp of which anything is kept, a page at a time; one of which there is much comes several times. */
async function* corpsWithData({ config, store }: Deps): AsyncGenerator<readonly string[]> {
  for (const place of PLACES) yield* pages((after) => listCorpIdsAt(store.db, place, after, PAGE));
  const prefix = corpTokenPrefix(config.suite.id);
  for await (const keys of pages((after) => listTokenKeysAfter(store.db, prefix, after, PAGE)))
    yield keys.map((key) => corpOfTokenKey(config.suite.id, key)).filter((corpId) => corpId !== null);
}

async function* pages(read: (after: string) => Promise<string[]>): AsyncGenerator<readonly string[]> {
  for (let after = ''; ;) {
    const page = await read(after);
    const last = page.at(-1);
    if (last === undefined) return;
    yield page;
    after = last;
  }
}
