import type { Card } from '../../../server/wecom/message';
import { CORP_REF, startScriptedClient, type ScriptedClient } from '../../support/wecom-client';

const fault = (fields: object) => expect.objectContaining(fields) as unknown as Error;
const CARD: Card = { kind: 'notice', title: '名额将到期', subtitle: '还有 7 天', url: 'https://gate.example/licence' };

let client: ScriptedClient;
let answer: object = {};

beforeEach(async () => {
  answer = { errcode: 0, errmsg: 'ok', msgid: 'msg-1' };
  client = await startScriptedClient(() => answer);
});

afterEach(() => client.close());

test('a notice goes out as template_card with the corp’s own token and agentid', async () => {
  const rows = [{ label: '到期', value: '2026-01-08' }];
  await client.wecom.sendMessage(CORP_REF, {
    toUserIds: ['woA', 'woB'],
    card: { ...CARD, rows },
    onceWithinSeconds: 60,
  });
  expect(client.heard()).toEqual([
    {
      method: 'POST',
      path: '/cgi-bin/message/send',
      query: { access_token: 'corp-token' },
      body: {
        touser: 'woA|woB',
        agentid: 1_000_002,
        msgtype: 'template_card',
        template_card: {
          card_type: 'text_notice',
          main_title: { title: '名额将到期' },
          sub_title_text: '还有 7 天',
          horizontal_content_list: [{ keyname: '到期', value: '2026-01-08' }],
          card_action: { type: 1, url: 'https://gate.example/licence' },
        },
        enable_duplicate_check: 1,
        duplicate_check_interval: 60,
      },
    },
  ]);
});

test.each(['file', 'image'] as const)('%s: what was uploaded goes out by its media_id', async (kind) => {
  await client.wecom.sendMessage(CORP_REF, { toUserIds: ['woA'], media: { kind, mediaId: 'media-1' } });
  const body = { touser: 'woA', agentid: 1_000_002, msgtype: kind, [kind]: { media_id: 'media-1' } };
  expect(client.heard().map((heard) => heard.body)).toEqual([body]);
});

test('a message with media is checked like one with a card', async () => {
  const media = { kind: 'file', mediaId: 'media-1' } as const;
  for (const wrong of [{ toUserIds: [] }, { media: { ...media, mediaId: '' } }, { onceWithinSeconds: 0 }]) {
    const sending = client.wecom.sendMessage(CORP_REF, { toUserIds: ['woA'], media, ...wrong });
    await expect(sending).rejects.toEqual(fault({ code: 'request.invalid' }));
  }
  expect(client.heard()).toEqual([]);
});

test('media that is unknown or older than three days is a fault that says to upload it again', async () => {
  answer = { errcode: 40007, errmsg: 'invalid media_id' };
  const media = { kind: 'file', mediaId: 'media-1' } as const;
  const sending = client.wecom.sendMessage(CORP_REF, { toUserIds: ['woA'], media });
  await expect(sending).rejects.toEqual(fault({ errcode: 40007, code: 'wecom.invalid', retry: 'never' }));
});

test('whom a success did not reach comes back as it was sent, whatever case WeCom answers in', async () => {
  answer = { errcode: 0, errmsg: 'ok', msgid: 'msg-1', invaliduser: 'woc', unlicenseduser: 'woa|WOB' };
  const sent = await client.wecom.sendMessage(CORP_REF, { toUserIds: ['woA', 'woB', 'woC', 'woD'], card: CARD });
  expect(sent).toEqual({
    messageId: 'msg-1',
    responseCode: null,
    invalidUserIds: ['woC'],
    unlicensedUserIds: ['woA', 'woB'],
    reachedNobody: false,
  });
});

test('81013 is an answer that reached nobody, with the lists where WeCom gives them and without', async () => {
  answer = { errcode: 81013, errmsg: 'all invalid', unlicenseduser: 'woa' };
  const first = await client.wecom.sendMessage(CORP_REF, { toUserIds: ['woA'], card: CARD });
  expect(first).toMatchObject({ reachedNobody: true, unlicensedUserIds: ['woA'], messageId: null });
  answer = { errcode: 81013, errmsg: 'all invalid' };
  const second = await client.wecom.sendMessage(CORP_REF, { toUserIds: ['woA'], card: CARD });
  expect(second).toMatchObject({ reachedNobody: true, unlicensedUserIds: [], invalidUserIds: [] });
});

test('any other refusal is a fault', async () => {
  answer = { errcode: 40056, errmsg: 'invalid agentid' };
  const sending = client.wecom.sendMessage(CORP_REF, { toUserIds: ['woA'], card: CARD });
  await expect(sending).rejects.toEqual(fault({ errcode: 40056 }));
});

const long = '名'.repeat(43);
test.each<[string, { toUserIds?: string[]; card?: Card }]>([
  ['nobody', { toUserIds: [] }],
  ['more than 1000 people', { toUserIds: Array.from({ length: 1001 }, (_, n) => `wo${n}`) }],
  ['an id that would smuggle in another', { toUserIds: ['woA|@all'] }],
  ['a title over 128 bytes', { card: { kind: 'text_card', title: long, description: 'x', url: 'https://a.example' } }],
  ['an address without its scheme', { card: { ...CARD, url: 'a.example' } as Card }],
  ['no address at all', { card: { kind: 'notice', title: 'x' } }],
  ['seven rows', { card: { ...CARD, rows: Array.from({ length: 7 }, () => ({ label: 'a', value: 'b' })) } as Card }],
])('%s is refused before anything is sent', async (_, over) => {
  const sending = client.wecom.sendMessage(CORP_REF, { toUserIds: ['woA'], card: CARD, ...over });
  await expect(sending).rejects.toEqual(fault({ code: 'request.invalid' }));
  expect(client.heard()).toEqual([]);
});

test('a corp whose agent is unknown cannot be written to', async () => {
  const sending = client.wecom.sendMessage({ ...CORP_REF, agentId: null }, { toUserIds: ['woA'], card: CARD });
  await expect(sending).rejects.toEqual(fault({ code: 'request.invalid' }));
});
