import { exchangeAuthCode } from '../../../server/corps/install';
import { openCorp, sealPermanentCode } from '../../../server/corps/open-corp';
import { refreshAuthorisation } from '../../../server/corps/refresh-authorisation';
import { askClosedCorps } from '../../../server/jobs/ask-closed-corps';
import { forgetCorps } from '../../../server/jobs/forget-corps';
import { createSession } from '../../../server/http/session';
import { judgeVisit } from '../../../server/licences/gate';
import { findCorp } from '../../../server/store/corps';
import { saveOpenUserId, ensureMember, findMember } from '../../../server/store/members';
import { startCorpRig, type CorpRig } from '../../support/corp-rig';
import { waitFor } from '../../support/wait-for';

const DAY_MS = 86_400_000;
const TEN_MINUTES_MS = 600_000;
/** What WeCom answers of an installation that is over for certain, and of a code it does not take. */
const OVER = [48004, 301007];
const CODE_REFUSED = 40084;

let rig: CorpRig;
beforeEach(async () => {
  rig = await startCorpRig();
  await rig.hear('create_auth', 0, { AuthCode: 'a' });
  await ensureMember(rig.deps.store.db, rig.corpId, 'wo1', rig.clock.now());
  await saveOpenUserId(rig.deps.store.db, rig.corpId, 'wo1', 'open');
});
afterEach(() => rig.stop());

const status = async () => (await findCorp(rig.deps.store.db, rig.corpId))?.status;
const code = async () => (await openCorp(rig.deps, rig.corpId))?.permanentCode ?? null;
const forget = () => forgetCorps(rig.deps, {}, new AbortController().signal);
const askClosed = () => askClosedCorps(rig.deps, {}, new AbortController().signal);
const reason = async () => {
  const visitor = { kind: 'member', corpId: rig.corpId, userId: 'wo1', entry: 'qr', loginNamedAgent: false } as const;
  return (await judgeVisit(rig.deps, visitor, { capability: 'base' })).verdict.reason;
};
/** Whether the corp's people and records are still on record. */
async function hasData(): Promise<boolean> {
  const { db } = rig.deps.store;
  const records = await db.selectFrom('records').selectAll().where('corp_id', '=', rig.corpId).execute();
  const member = await findMember(db, rig.corpId, 'wo1');
  expect([0, 3]).toContain(records.length);
  expect(member?.open_user_id === 'open').toBe(records.length === 3);
  return member !== null;
}
const sessions = () => rig.deps.store.db.selectFrom('sessions').selectAll().execute();
async function logIn(): Promise<void> {
  const session = { kind: 'member', client: 'h5', corpId: rig.corpId, userId: 'wo1', openUserId: null } as const;
  await createSession(rig.deps, { ...session, openId: null, entry: 'qr', loginNamedAgent: false });
  expect(await sessions()).toHaveLength(1);
}
/** WeCom is silent about a removal it told of, and ten minutes later denies it. */
async function closeInVain(): Promise<void> {
  rig.say('silence');
  await expect(rig.hear('cancel_auth', 5)).rejects.toThrow();
  rig.say('installed');
  await rig.pass(TEN_MINUTES_MS + 5000);
  await rig.hear('cancel_auth', 5);
}
const changeAuth = () => rig.hear('change_auth', 5);

describe('a reading of the authorisation', () => {
  test.each([50003, 701015, 48006, 40013])(
    'refused with %i leaves the corp installed and its data there',
    async (errcode) => {
      rig.say({ errcode });
      await expect(refreshAuthorisation(rig.deps, rig.corpId)).rejects.toMatchObject({ errcode });
      expect([await status(), await hasData()]).toEqual(['installed', true]);
      expect(await reason()).not.toBe('app_not_installed');
    },
  );

  test.each(OVER)('refused with %i removes the corp and deletes its data at once', async (errcode) => {
    rig.say({ errcode });
    await changeAuth();
    expect([await status(), await hasData()]).toEqual(['removed', false]);
  });

  test('refused to two who asked at once removes it once, and neither fails', async () => {
    rig.say({ errcode: OVER[0] ?? 0 });
    const release = rig.hold();
    const both = Promise.all([1, 2].map(() => refreshAuthorisation(rig.deps, rig.corpId)));
    await waitFor('both to ask', () => rig.wecom.count('/cgi-bin/service/v2/get_auth_info') === 2);
    release();
    expect(await both).toEqual([false, false]);
    expect([await status(), await hasData()]).toEqual(['removed', false]);
  });

  test('answered leaves everything as it is', async () => {
    await changeAuth();
    expect([await status(), await hasData(), await code()]).toEqual(['installed', true, 'of a']);
  });
});

describe('a permanent code that WeCom does not take', () => {
  beforeEach(async () => {
    rig.say({ errcode: CODE_REFUSED });
    await changeAuth();
  });

  test('closes the gate at once, and keeps the data for a day', async () => {
    expect([await status(), await code(), await reason()]).toEqual(['removed', null, 'app_not_installed']);
    await rig.pass(DAY_MS - 1);
    await forget();
    expect(await hasData()).toBe(true);
    await rig.pass(1);
    await forget();
    expect([await status(), await hasData()]).toEqual(['removed', false]);
    expect(await findCorp(rig.deps.store.db, rig.corpId)).toMatchObject({ permanent_code_sealed: null, name: null });
  });

  test('is replaced by a reset’s own notice, however late within the day: nothing is lost but who was logged in', async () => {
    await logIn();
    await rig.pass(DAY_MS / 2);
    rig.say('installed');
    await rig.hear('reset_permanent_code', 4, { AuthCode: 'b' });
    await rig.pass(DAY_MS);
    await forget();
    expect([await status(), await hasData(), await code()]).toEqual(['installed', true, 'of b']);
    expect(await sessions()).toEqual([]);
  });

  test('and is taken again when the day is over: the corp is open as before', async () => {
    rig.say('installed');
    await rig.pass(DAY_MS);
    await forget();
    expect([await status(), await hasData(), await code()]).toEqual(['installed', true, 'of a']);
  });

  test('is not believed to be over while WeCom is silent, nor when it refuses for another reason', async () => {
    for (const said of ['silence', { errcode: 50003 }] as const) {
      rig.say(said);
      await rig.pass(40 * DAY_MS);
      await forget();
      expect([await status(), await hasData()]).toEqual(['removed', true]);
    }
    rig.say({ errcode: CODE_REFUSED });
    await forget();
    expect(await hasData()).toBe(false);
  });

  test('is asked about again after a quarter of an hour: a refusal in passing shuts nobody out for longer', async () => {
    rig.say('installed');
    await rig.pass(15 * 60_000 - 1);
    await askClosed();
    expect(await status()).toBe('removed');
    await rig.pass(1);
    await askClosed();
    expect([await status(), await hasData(), await code()]).toEqual(['installed', true, 'of a']);
  });

  test('stays closed, its data kept, as long as WeCom refuses it or is silent when asked again', async () => {
    for (const said of [{ errcode: CODE_REFUSED }, 'silence'] as const) {
      rig.say(said);
      await rig.pass(60 * 60_000);
      await askClosed();
      expect([await status(), await hasData()]).toEqual(['removed', true]);
    }
  });

  test('is not taken for a removal because the notice of the installation comes once more', async () => {
    await rig.hear('create_auth', 0, { AuthCode: 'a' });
    expect([await status(), await hasData()]).toEqual(['removed', true]);
    rig.say('installed');
    await rig.hear('create_auth', 0, { AuthCode: 'a' });
    expect([await status(), await hasData(), await code()]).toEqual(['installed', true, 'of a']);
  });

  test('deletes the data at once when a removal’s notice confirms it', async () => {
    await rig.hear('cancel_auth', 6);
    expect([await status(), await hasData()]).toEqual(['removed', false]);
  });
});

describe('a notice of removal', () => {
  test.each([...OVER, CODE_REFUSED])('that WeCom confirms with %i deletes at once', async (errcode) => {
    rig.say({ errcode });
    await rig.hear('cancel_auth', 5);
    expect([await status(), await hasData()]).toEqual(['removed', false]);
  });

  test('from before the installation, which WeCom denies, changes nothing', async () => {
    await rig.hear('cancel_auth', -5);
    expect([await status(), await hasData(), await code()]).toEqual(['installed', true, 'of a']);
  });

  test('shuts the gate while WeCom still answers as before, and is handled again: then the data is deleted', async () => {
    for (let tries = 0; tries < 2; tries += 1) {
      await expect(rig.hear('cancel_auth', 5)).rejects.toMatchObject({ name: 'NotConfirmed' });
      expect([await status(), await hasData(), await reason()]).toEqual(['removed', true, 'app_not_installed']);
    }
    rig.say({ errcode: CODE_REFUSED });
    await rig.hear('cancel_auth', 5);
    expect([await status(), await hasData()]).toEqual(['removed', false]);
  });

  test('is not believed when WeCom still answers after ten minutes: the corp is open as before', async () => {
    await expect(rig.hear('cancel_auth', 5)).rejects.toThrow();
    await rig.pass(TEN_MINUTES_MS + 5000);
    await rig.hear('cancel_auth', 5);
    expect([await status(), await hasData(), await code()]).toEqual(['installed', true, 'of a']);
  });

  test('is compared with WeCom’s own time of an installation that the redirect brought under our clock', async () => {
    await exchangeAuthCode(rig.deps, 'b', rig.clock.now() - 30_000);
    await rig.hear('create_auth', 20, { AuthCode: 'b' });
    await rig.hear('cancel_auth', 10);
    expect([await status(), await hasData(), await code()]).toEqual(['installed', true, 'of b']);
  });

  test('closes the gate while WeCom is silent, keeps the data, and is handled again', async () => {
    rig.say('silence');
    await expect(rig.hear('cancel_auth', 5)).rejects.toMatchObject({ code: 'wecom.unreachable' });
    expect([await status(), await hasData(), await reason()]).toEqual(['removed', true, 'app_not_installed']);
    await expect(rig.hear('cancel_auth', 5)).rejects.toMatchObject({ code: 'wecom.unreachable' });
    rig.say({ errcode: CODE_REFUSED });
    await rig.hear('cancel_auth', 5);
    expect([await status(), await hasData()]).toEqual(['removed', false]);
  });

  test('deletes nothing when the code was sealed anew while WeCom was asked, and all when it is handled again', async () => {
    const release = rig.hold();
    rig.say({ errcode: CODE_REFUSED });
    const handled = rig.hear('cancel_auth', 5);
    await waitFor('WeCom to be asked', () => rig.wecom.count('/cgi-bin/service/v2/get_auth_info') === 1);
    const permanent_code_sealed = sealPermanentCode(rig.deps, rig.corpId, 'of a');
    await rig.deps.store.db.updateTable('corps').set({ permanent_code_sealed }).execute();
    release();
    await expect(handled).rejects.toMatchObject({ name: 'CodeReplaced' });
    expect(await hasData()).toBe(true);
    await rig.hear('cancel_auth', 5);
    expect([await status(), await hasData()]).toEqual(['removed', false]);
  });

  test('that turns out wrong logs everybody out: who left meanwhile is not known', async () => {
    await logIn();
    await closeInVain();
    expect(await status()).toBe('installed');
    expect(await sessions()).toEqual([]);
  });

  test('of what was heard while the gate was closed nothing counts as fresh afterwards', async () => {
    await reason();
    await closeInVain();
    const { db } = rig.deps.store;
    expect(await findMember(db, rig.corpId, 'wo1')).toMatchObject({ seats_checked_at_ms: 0 });
    expect(await findCorp(db, rig.corpId)).toMatchObject({ admins_checked_at_ms: 0 });
  });
});

describe('an event of another suite of the provider', () => {
  const OTHER = { SuiteId: 'wwlogin' };

  test('does not touch the app’s corp; its twin of the app’s own suite does', async () => {
    rig.say({ errcode: 48004 });
    await rig.hear('cancel_auth', 5, OTHER);
    await rig.hear('change_auth', 5, OTHER);
    expect([await status(), await hasData()]).toEqual(['installed', true]);
    await rig.hear('cancel_auth', 5);
    expect(await status()).toBe('removed');
  });

  test.each(['create_auth', 'reset_permanent_code'])('%s spends no code of it', async (name) => {
    const exchanges = () => rig.wecom.count('/cgi-bin/service/v2/get_permanent_code');
    const before = exchanges();
    await rig.hear(name, 5, { ...OTHER, AuthCode: 'b' });
    expect([exchanges(), await code()]).toEqual([before, 'of a']);
    await rig.hear(name, 5, { AuthCode: 'b' });
    expect([exchanges(), await code()]).toEqual([before + 1, 'of b']);
  });

  test('keeps its ticket all the same', async () => {
    const { db } = rig.deps.store;
    await rig.hear('suite_ticket', 5, { ...OTHER, SuiteTicket: 'tkt-login' });
    const tickets = await db.selectFrom('tokens').select('key').where('key', '=', 'suite_ticket:wwlogin').execute();
    expect(tickets).toHaveLength(1);
  });
});

describe('an installation that looks older than the removal on record', () => {
  beforeEach(async () => {
    rig.say({ errcode: CODE_REFUSED });
    await rig.hear('cancel_auth', 100);
  });

  test('is kept when WeCom confirms it: our clock may be behind', async () => {
    rig.say('installed');
    await rig.hear('create_auth', 50, { AuthCode: 'b' });
    expect([await status(), await code()]).toEqual(['installed', 'of b']);
    const records = await rig.deps.store.db.selectFrom('records').selectAll().execute();
    expect(records).toHaveLength(3);
  });

  test('stays removed when WeCom refuses its code', async () => {
    await rig.hear('create_auth', 50, { AuthCode: 'b' });
    expect([await status(), await code()]).toEqual(['removed', null]);
    expect(await findCorp(rig.deps.store.db, rig.corpId)).toMatchObject({ permanent_code_sealed: null });
  });

  test('waits for WeCom when it is silent, with its code kept: the auth_code is spent', async () => {
    rig.say('silence');
    await expect(rig.hear('create_auth', 50, { AuthCode: 'b' })).rejects.toMatchObject({ code: 'wecom.unreachable' });
    expect(await status()).toBe('removed');
    await expect(rig.hear('create_auth', 50, { AuthCode: 'b' })).rejects.toMatchObject({ code: 'wecom.unreachable' });
    rig.say('installed');
    await rig.hear('create_auth', 50, { AuthCode: 'b' });
    expect([await status(), await code()]).toEqual(['installed', 'of b']);
    expect(rig.wecom.count('/cgi-bin/service/v2/get_permanent_code')).toBe(2);
    const records = await rig.deps.store.db.selectFrom('records').selectAll().execute();
    expect(records).toHaveLength(3);
  });
});

test('a code that looks older than a standing installation takes its place only when WeCom confirms it', async () => {
  await rig.hear('create_auth', 100, { AuthCode: 'b' });
  rig.say({ errcode: CODE_REFUSED });
  await rig.hear('create_auth', 50, { AuthCode: 'c' });
  expect([await status(), await code()]).toEqual(['installed', 'of b']);
  rig.say('installed');
  await rig.hear('create_auth', 50, { AuthCode: 'd' });
  expect([await status(), await code()]).toEqual(['installed', 'of d']);
  rig.say('silence');
  await expect(rig.hear('create_auth', 50, { AuthCode: 'e' })).rejects.toMatchObject({ code: 'wecom.unreachable' });
  // WeCom has just given it out: that is newer word than the code on record.
  expect([await status(), await code()]).toEqual(['installed', 'of e']);
  expect(await findCorp(rig.deps.store.db, rig.corpId)).toMatchObject({ event_at_ms: 1_767_225_700_000 });
});
