import { onAutoActivate, type ActivatedAccount } from '../../../server/licences/apply-event';
import { refreshMemberSeats } from '../../../server/licences/refresh-member-seats';
import { findMember } from '../../../server/store/members';
import { listSeatsOfMember } from '../../../server/store/seats';
import { DAY_MS, NOW_MS, startLicenceRig, type LicenceRig } from '../../support/licence-rig';
import { CORP } from '../../support/licence-wecom';

const ENDS_MS = NOW_MS + 372 * DAY_MS;
const ACCOUNT: ActivatedAccount = {
  userId: 'bob',
  activeCode: 'code-0',
  accountType: 'base',
  expiresAtMs: ENDS_MS,
};

let rig: LicenceRig;
beforeEach(async () => {
  rig = await startLicenceRig();
});
afterEach(() => rig.stop());

const hear = (atMs: number, over: Partial<ActivatedAccount> = {}) =>
  onAutoActivate(rig.deps, { corpId: CORP, atMs, accounts: [{ ...ACCOUNT, ...over }] });
const seats = () => listSeatsOfMember(rig.deps.store.db, CORP, 'bob');
const doubted = async () => (await findMember(rig.deps.store.db, CORP, 'bob'))?.seats_checked_at_ms === 0;
const silence = () => rig.wecom.close();
/** What get_active_info_by_user says, read now. */
async function readSeat(expiresAtMs: number | null): Promise<void> {
  if (expiresAtMs !== null)
    rig.script.seats['bob'] = [{ type: 1, active_code: 'code-0', expire_time: expiresAtMs / 1000 }];
  await refreshMemberSeats(rig.deps, CORP, 'bob');
}

describe('auto_activate', () => {
  test('is believed for now while WeCom cannot be reached, and asked about at the next visit', async () => {
    await silence();
    await hear(NOW_MS);
    expect(await seats()).toMatchObject([{ expires_at_ms: ENDS_MS, active_code: 'code-0', source: 'callback' }]);
    expect(await doubted()).toBe(true);
  });

  test('is not believed when WeCom refuses to say: only doubt is left', async () => {
    await readSeat(null);
    for (const errcode of [48002, 45009]) {
      rig.script.faults['get_active_info_by_user'] = errcode;
      await hear(NOW_MS);
      expect(await seats()).toEqual([]);
      expect(await doubted()).toBe(true);
    }
  });

  test('does not override what was read after it, and does what was read before', async () => {
    rig.clock.advance(10_000);
    await readSeat(NOW_MS + DAY_MS);
    await silence();
    await hear(NOW_MS + 9000);
    expect(await seats()).toMatchObject([{ expires_at_ms: NOW_MS + DAY_MS, source: 'api' }]);
    await hear(NOW_MS + 11_000);
    expect(await seats()).toMatchObject([{ expires_at_ms: ENDS_MS, source: 'callback' }]);
  });

  test('brings back no seat that was read to be gone after it', async () => {
    rig.clock.advance(10_000);
    await readSeat(null);
    await silence();
    await hear(NOW_MS + 9000);
    expect(await seats()).toEqual([]);
  });

  test('without type or end makes WeCom be asked, and is not believed', async () => {
    await hear(NOW_MS, { accountType: null, expiresAtMs: null });
    rig.script.seats['bob'] = [{ type: 1, expire_time: ENDS_MS / 1000 }];
    await hear(NOW_MS, { expiresAtMs: null });
    expect(await seats()).toMatchObject([{ expires_at_ms: ENDS_MS, source: 'api' }]);
    await silence();
    await hear(NOW_MS + 1000, { userId: 'carol', expiresAtMs: null });
    expect(await listSeatsOfMember(rig.deps.store.db, CORP, 'carol')).toEqual([]);
  });
});
