import type { Deps } from '../../server/deps';
import { WecomError } from '../../server/errors';
import { reconcileCorp } from '../../server/licences/reconcile';
import { listOrders } from '../../server/store/orders';
import { startWorld, type SandboxCorp, type World } from '../support/world';

const CORPS = 3;
const HOUR_MS = 3_600_000;
/** list_order takes at most 31 days a call (97184). */
const WINDOW_MS = 31 * 24 * HOUR_MS;

let world: World;
let corps: SandboxCorp[];
beforeAll(async () => {
  world = await startWorld();
  corps = [];
  for (let nth = 0; nth < CORPS; nth += 1) corps.push(await world.corp());
  await world.order('clock', { advance: '91d' });
  await world.settled();
});
afterAll(() => world.close());

/** A window of orders that was listed, and whose; without a corp those of the provider. */
type Listed = { readonly corpId: string | null; readonly fromMs: number };

/** What the server runs on, writing down what is listed through it; WeCom refuses the lists that are not `allowed`. */
function watched(allowed: (corpId: string | null) => boolean = () => true): { deps: Deps; listed: Listed[] } {
  const listed: Listed[] = [];
  const { wecom } = world.deps;
  const listOrdersOf: Deps['wecom']['listOrders'] = async (corpId, fromMs, ...rest) => {
    listed.push({ corpId, fromMs });
    if (!allowed(corpId)) throw new WecomError(48002, '');
    return wecom.background.listOrders(corpId, fromMs, ...rest);
  };
  const background = { ...wecom.background, listOrders: listOrdersOf };
  return { deps: { ...world.deps, wecom: { ...wecom, background } }, listed };
}

async function reconcileAll(deps: Deps): Promise<void> {
  for (const { corpId } of corps) await reconcileCorp(deps, corpId, new AbortController().signal);
}

const ofProvider = (listed: readonly Listed[]) => listed.filter(({ corpId }) => corpId === null);

/** What the server's own jobs read meanwhile is old by then; what is read then is news to them. */
function anHourOn(deps: Deps): Deps {
  return { ...deps, clock: { ...deps.clock, now: () => deps.clock.now() + HOUR_MS } };
}

const entries = (base: number) => corps.map(({ corpId }) => ({ corpId, base, months: 12 }));
const onRecord = async ({ corpId }: SandboxCorp) => (await listOrders(world.deps.store.db, corpId)).toReversed();

test('parts that no event told of are found, each in its own corp, by one reading of the provider’s list', async () => {
  await world.order('faults', { callback: 'license_pay_success', kind: 'drop' });
  const { orderId } = await world.order<{ orderId: string }>('unions', { entries: entries(2) });
  await world.order(`orders/${orderId}/pay`, {});
  // What the server's own jobs have read is old by then, and they have read no further than what is read then.
  await world.order('clock', { advance: '1h' });
  await world.settled();
  const { deps, listed } = watched();
  await reconcileAll(deps);
  const parts = await Promise.all(corps.map(onRecord));
  for (const [nth, orders] of parts.entries())
    expect(orders).toMatchObject([{ corp_id: corps[nth]?.corpId, parent_order_id: orderId, base_count: 2, status: 1 }]);
  expect(new Set(parts.flat().map((order) => order.order_id)).size).toBe(CORPS);

  // All corps together needed no more windows than the provider's past has months.
  expect(ofProvider(listed).length).toBeLessThan(listed.length / CORPS + 60);
  listed.length = 0;
  await reconcileAll(deps);
  expect(ofProvider(listed)).toEqual([]);
  expect(listed).not.toEqual([]);
});

test('the next night reads on from where the last one ended, and finds what was ordered since', async () => {
  const { deps, listed } = watched();
  const lastReadMs = deps.clock.now() - HOUR_MS;
  const { orderId } = await world.order<{ orderId: string }>('unions', { entries: entries(1) });
  await world.order('clock', { advance: '1d' });
  await world.settled();
  await reconcileAll(anHourOn(deps));
  expect(ofProvider(listed)).not.toEqual([]);
  // One window before that, as an order may have been listed late.
  expect(ofProvider(listed).filter(({ fromMs }) => fromMs < lastReadMs - WINDOW_MS)).toEqual([]);
  for (const corp of corps)
    expect((await onRecord(corp))[1]).toMatchObject({ parent_order_id: orderId, status: 0, base_count: 1 });
});

test('where that list is refused, the corps are reconciled all the same', async () => {
  const { deps, listed } = watched((corpId) => corpId !== null);
  await world.order('clock', { advance: '1d' });
  await world.settled();
  await reconcileAll(anHourOn(deps));
  const whose = new Set(listed.map(({ corpId }) => corpId));
  expect(whose).toEqual(new Set([null, ...corps.map(({ corpId }) => corpId)]));
});
