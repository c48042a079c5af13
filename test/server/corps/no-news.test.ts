import { refreshAdmins } from '../../../server/corps/refresh-admins';
import { refreshAuthorisation } from '../../../server/corps/refresh-authorisation';
import { judgeVisit, visitOf } from '../../../server/licences/gate';
import { judgeFromMemory } from '../../../server/licences/judge-from-memory';
import { licenceWorkEnds } from '../../../server/licences/process-memory';
import { findCorp, listAdmins } from '../../../server/store/corps';
import { freeCodes, startLicenceRig, visitor, type LicenceRig } from '../../support/licence-rig';
import { CORP } from '../../support/licence-wecom';

let rig: LicenceRig;
beforeEach(async () => {
  rig = await startLicenceRig({ ...freeCodes(1), admins: [{ userid: 'boss', auth_type: 1 }] });
  await rig.deps.tokens.saveSuiteTicket(rig.deps.config.suite.id, 'tkt', rig.clock.now());
  await refreshAdmins(rig.deps, CORP);
  await refreshAuthorisation(rig.deps, CORP);
});
afterEach(() => rig.stop());

/** How many pieces of news it makes. */
async function newsOf(doing: () => Promise<unknown>): Promise<number> {
  let heard = 0;
  const stop = rig.deps.events.onChanged(() => void (heard += 1));
  await doing();
  stop();
  return heard;
}

test('administrators who are read again as they were are no news; others are, and other rights too', async () => {
  const { deps, script } = rig;
  const read = () => refreshAdmins(deps, CORP);
  expect(await newsOf(read)).toBe(0);
  script.admins = [{ userid: 'boss', auth_type: 0 }];
  expect(await newsOf(read)).toBe(1);
  script.admins = [
    { userid: 'boss', auth_type: 0 },
    { userid: 'deputy', auth_type: 1 },
  ];
  expect(await newsOf(read)).toBe(1);
  expect(await newsOf(read)).toBe(0);
  script.admins = [];
  expect(await newsOf(read)).toBe(1);
  expect(await listAdmins(deps.store.db, CORP)).toEqual([]);
});

test('an authorisation that is read again as it was is no news, and another one is', async () => {
  const { clock, deps } = rig;
  const read = () => refreshAuthorisation(deps, CORP);
  clock.advance(60_000);
  expect(await newsOf(read)).toBe(0);
  expect((await findCorp(deps.store.db, CORP))?.checked_at_ms).toBe(clock.now());
  await deps.store.db.updateTable('corps').set({ privilege_json: '{"level":1}' }).execute();
  expect(await newsOf(read)).toBe(1);
  expect(await newsOf(read)).toBe(0);
});

test('members stay known for while the store is away, however often their corp is read meanwhile', async () => {
  const { deps, script } = rig;
  script.seats = { bob: [{ type: 1, active_code: 'code-0', expire_time: rig.clock.now() / 1000 + 86_400 * 100 }] };
  const bob = visitor('bob');
  const remembered = () => judgeFromMemory(deps, visitOf(bob, 'base'))?.verdict.outcome;
  expect((await judgeVisit(deps, bob, { capability: 'base' })).verdict.outcome).toBe('allow');
  await licenceWorkEnds(deps);
  await judgeVisit(deps, bob, { capability: 'base', force: true });
  expect(remembered()).toBe('allow');
  await refreshAdmins(deps, CORP);
  await refreshAuthorisation(deps, CORP);
  expect(remembered()).toBe('allow');
});
