import type { Deps } from '../../../server/deps';
import { sendCard } from '../../../server/reminders/send-card';
import { ensureMember, findMember, markSeatsRead } from '../../../server/store/members';
import { listSends, reserveSend } from '../../../server/store/reminders';
import { CORP } from '../../support/licence-wecom';
import { startLicenceRig, type LicenceRig } from '../../support/licence-rig';

const corp = { corpId: CORP, kind: 'third_party', agentId: '1000001', permanentCode: 'permanent-code' } as const;
const card = {
  kind: 'notice',
  source: { text: '应用' },
  title: '试用将结束',
  rows: [],
  links: [],
  url: 'https://a.example',
};

let rig: LicenceRig;
beforeEach(async () => {
  rig = await startLicenceRig();
});
afterEach(() => rig.stop());

/** WeCom takes the message and says that alice holds no licence; the process is killed once that is written down. */
function killedAfterAnswer({ store, ...deps }: Deps): Deps {
  const sendMessage = async () => ({
    messageId: 'm1',
    unlicensedUserIds: ['alice'],
    invalidUserIds: [],
    reachedNobody: true,
    responseCode: null,
  });
  const transaction: Deps['store']['transaction'] = async (work) => {
    await store.transaction(work);
    throw new Error('killed');
  };
  return { ...deps, store: { ...store, transaction }, wecom: { ...deps.wecom, sendMessage } as Deps['wecom'] };
}

test('whoever WeCom said holds no licence is in doubt as soon as its answer is on record, also after a kill', async () => {
  const { db } = rig.deps.store;
  const atMs = rig.clock.now();
  for (const userId of ['alice', 'bob']) {
    await ensureMember(db, CORP, userId, atMs);
    await markSeatsRead(db, CORP, userId, { source: 'api', atMs });
  }
  const send = {
    id: `${CORP}:1`,
    corp_id: CORP,
    user_ids_json: '["alice"]',
    card_json: JSON.stringify(card),
    first_tried_at_ms: atMs,
  };
  await rig.deps.store.transaction((trx) =>
    reserveSend(trx, send, [{ key: 'trial:9:30', ends_at_ms: atMs, count: 1 }]),
  );
  await expect(sendCard(killedAfterAnswer(rig.deps), corp, send)).rejects.toThrow('killed');
  expect(await listSends(db, CORP)).toMatchObject([{ state: 'sent', unlicensed_json: '["alice"]' }]);
  expect(await findMember(db, CORP, 'alice')).toMatchObject({ seats_checked_at_ms: 0 });
  expect(await findMember(db, CORP, 'bob')).toMatchObject({ seats_checked_at_ms: atMs });
});
