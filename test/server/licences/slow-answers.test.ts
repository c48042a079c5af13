import { refreshAppLicence, refreshAutoActivation } from '../../../server/licences/refresh-corp-licence';
import { findCorpLicence } from '../../../server/store/corp-licences';
import { readHistory } from '../../support/ledger-on-record';
import { NOW_MS, startLicenceRig, type LicenceRig } from '../../support/licence-rig';
import { CORP } from '../../support/licence-wecom';
import { waitFor } from '../../support/wait-for';

let rig: LicenceRig;
afterEach(() => rig.stop());

/** A call that WeCom has in hand and answers when it is let. */
function hold(call: string): () => void {
  let release = (): void => {};
  rig.script.holds = { [call]: new Promise<void>((resolve) => (release = resolve)) };
  return release;
}

test('an answer that began before a later one and came after it is not believed', async () => {
  rig = await startLicenceRig({ auto: { auto_active_status: 0 } });
  const { asked, clock, deps, other, script } = rig;
  const release = hold('get_auto_active_status');
  const slow = refreshAutoActivation(deps, CORP);
  await waitFor('the call', () => asked('get_auto_active_status') === 1);
  script.holds = {};
  script.auto = { auto_active_status: 1 };
  clock.advance(400);
  await refreshAutoActivation(other, CORP);
  script.auto = { auto_active_status: 0 };
  release();
  expect(await slow).toBe(0);
  const record = { auto_activation: 1, auto_checked_at_ms: NOW_MS + 400 };
  expect(await findCorpLicence(deps.store.db, CORP)).toMatchObject(record);
  expect((await readHistory(deps.store, CORP)).map(({ kind }) => kind)).toEqual(['first_payment']);
});

test('a slow answer about the trial is not held against a newer one about the switch', async () => {
  rig = await startLicenceRig({ auto: { auto_active_status: 1 } });
  const { asked, clock, deps, other } = rig;
  const release = hold('get_app_license_info');
  const slow = refreshAppLicence(deps, CORP);
  await waitFor('the call', () => asked('get_app_license_info') === 1);
  clock.advance(400);
  await refreshAutoActivation(other, CORP);
  release();
  expect(await slow).toBe(1);
  const times = { licence_checked_at_ms: NOW_MS, auto_checked_at_ms: NOW_MS + 400 };
  expect(await findCorpLicence(deps.store.db, CORP)).toMatchObject({ checking: 1, auto_activation: 1, ...times });
});
