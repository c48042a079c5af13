import { dispatch } from '../../../server/callbacks/dispatch';
import { parseEvent } from '../../../server/callbacks/events';
import { parseXml } from '../../../server/callbacks/parse-xml';
import { findCorpLicence, saveCorpLicence } from '../../../server/store/corp-licences';
import { findMember } from '../../../server/store/members';
import { buildSession } from '../../store/battery/build-rows';
import { startCorpRig } from '../../support/corp-rig';
import { freeCodes, NOW_MS, startLicenceRig, type LicenceRig } from '../../support/licence-rig';
import { CORP } from '../../support/licence-wecom';

const AT = NOW_MS / 1000;
let rig: LicenceRig;
beforeEach(async () => {
  rig = await startLicenceRig(freeCodes(1));
  await rig.deps.tokens.saveSuiteTicket(rig.deps.config.suite.id, 'tkt', NOW_MS);
  await saveCorpLicence(rig.deps.store.db, CORP, { ledger_checked_at_ms: NOW_MS });
});
afterEach(() => rig.stop());

const hear = (name: string, inside: string) => dispatch(rig.deps, parseEvent(name, parseXml(`<xml>${inside}</xml>`)));
const ledgerReadAtMs = async () => (await findCorpLicence(rig.deps.store.db, CORP))?.ledger_checked_at_ms;

test('a pressed card makes the corp’s accounts worth reading again, whichever button it was', async () => {
  await hear('template_card_event', `<ToUserName>${CORP}</ToUserName><EventKey>anything</EventKey>`);
  expect(await ledgerReadAtMs()).toBe(0);
});

test('a pressed card of another corp touches only that one', async () => {
  await hear('template_card_event', '<ToUserName>wpAnotherCorp</ToUserName>');
  expect(await ledgerReadAtMs()).toBe(NOW_MS);
});

test.each(['change_editon', 'open_order', 'change_order', 'pay_for_app_success', 'refund', 'cancel_order'])(
  '%s makes the authorisation be read again',
  async (name) => {
    const corp = await startCorpRig();
    await corp.hear('create_auth', 0, { AuthCode: 'a' });
    await corp.hear(name, 1, { PaidCorpId: corp.corpId });
    expect(corp.wecom.count('/cgi-bin/service/v2/get_auth_info')).toBe(1);
    await corp.stop();
  },
);

test('a refund that does not say how it ended is read all the same', async () => {
  await hear('license_refund', `<AuthCorpId>${CORP}</AuthCorpId><OrderId>order-1</OrderId>`);
  expect(rig.asked('get_order')).toBe(1);
});

test('an auto_activate that does not say until when makes the seats be read', async () => {
  const account = '<AccountList><ActiveCode>code-0</ActiveCode><UserId>bob</UserId></AccountList>';
  await hear('auto_activate', `<AuthCorpId>${CORP}</AuthCorpId>${account}`);
  expect(rig.asked('get_active_info_by_user')).toBe(1);
});

test.each([
  ['delete_user', '<ChangeType>delete_user</ChangeType>', 0, false],
  [
    'update_user with the status of somebody who left',
    '<ChangeType>update_user</ChangeType><Status>5</Status>',
    0,
    false,
  ],
  ['update_user with any other status', '<ChangeType>update_user</ChangeType><Status>1</Status>', null, true],
])('%s decides whether the member stays', async (_, change, inRange, staysLoggedIn) => {
  const { db } = rig.deps.store;
  await db
    .insertInto('sessions')
    .values(buildSession({ corp_id: CORP, user_id: 'bob' }))
    .execute();
  await hear(
    'change_contact',
    `<AuthCorpId>${CORP}</AuthCorpId><TimeStamp>${AT}</TimeStamp>${change}<UserID>bob</UserID>`,
  );
  expect((await findMember(db, CORP, 'bob'))?.in_range ?? null).toBe(inRange);
  expect(await db.selectFrom('sessions').select('user_id').execute()).toHaveLength(staysLoggedIn ? 1 : 0);
});
