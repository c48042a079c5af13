import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { judgeAnswer } from '../wire/judge';
import { corpToken, startRig, type CorpView, type Rig, type Wire } from './rig/sandbox-rig';

const MB = 1024 * 1024;
const PNG = Buffer.from('89504e470d0a1a0a', 'hex');
const JPG = Buffer.from('ffd8ffe000', 'hex');
const AMR = Buffer.from('#!AMR\n');
const MP4 = Buffer.from('....ftypisom');
const TEXT = Buffer.from('mytext');

let rig: Rig;
let corp: CorpView;
beforeEach(async () => {
  rig = await startRig();
  corp = await rig.newCorp();
});
afterEach(() => rig.close());

function formOf(bytes: Buffer, name = 'wework.txt', field = 'media'): FormData {
  const form = new FormData();
  form.append(field, new Blob([new Uint8Array(bytes)]), name);
  return form;
}

type Uploaded = Wire & { media_id: string; created_at: string };
const upload = async (type: string, form: FormData, of = corp): Promise<Uploaded> =>
  (await rig.wire('media/upload', { access_token: await corpToken(rig, of), type }, form)) as Uploaded;
const uploadAsProvider = async (type: string, form: FormData, more: Record<string, string> = {}) => {
  const query = { provider_access_token: await rig.providerToken(), type, ...more };
  return (await rig.wire('service/media/upload', query, form)) as Uploaded;
};
const send = async (msgtype: string, media_id: string, of = corp) => {
  const body = { touser: of.members[0]?.userId, agentid: of.agentId, msgtype, [msgtype]: { media_id } };
  return rig.wire('message/send', { access_token: await corpToken(rig, of) }, body);
};
const filled = (head: Buffer, size: number) => Buffer.concat([head, Buffer.alloc(size - head.length)]);

test('a file is given an id that a message can carry; the outbox shows the file by its name', async () => {
  const { created_at, media_id, type } = await upload('file', formOf(TEXT, '名单 1月.csv'));
  expect([type, created_at]).toEqual(['file', String(rig.sandbox.clock.now() / 1000)]);
  expect(await send('file', media_id)).toMatchObject({ errcode: 0 });
  const { body } = await rig.fetchJson('/sandbox/messages');
  expect(body).toMatchObject({ messages: [{ msgType: 'file', title: '名单 1月.csv', content: { media_id } }] });
});

test('what is kept of a file is not its bytes, and a snapshot carries it', async () => {
  const { media_id } = await upload('file', formOf(TEXT));
  expect(rig.sandbox.state.media).toEqual([
    {
      mediaId: media_id,
      ownerId: corp.corpId,
      type: 'file',
      fileName: 'wework.txt',
      size: 6,
      createdAtMs: rig.sandbox.clock.now(),
    },
  ]);
  await rig.control('snapshot', {});
  await rig.advance('4d');
  await upload('file', formOf(TEXT));
  expect((await send('file', media_id)).errcode).toBe(40007);
  await rig.control('restore', {});
  expect((await send('file', media_id)).errcode).toBe(0);
});

test('a memory kept by a sandbox that knew no media is read, and takes files', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-media-'));
  const dataFile = join(folder, 'state.json');
  writeFileSync(dataFile, JSON.stringify({ ...rig.sandbox.state, media: undefined }));
  expect(readFileSync(dataFile, 'utf8')).not.toContain('"media":');
  await rig.close();
  rig = await startRig({ dataFile });
  const { media_id } = await upload('file', formOf(TEXT));
  expect((await send('file', media_id)).errcode).toBe(0);
  await rig.close();
  rmSync(folder, { recursive: true });
  rig = await startRig();
});

test('a media_id is good for three days to the second', async () => {
  const { media_id } = await upload('file', formOf(TEXT));
  await rig.advance('71h');
  await rig.advance('3599s');
  expect((await send('file', media_id)).errcode).toBe(0);
  await rig.advance('1s');
  expect((await send('file', media_id)).errcode).toBe(40007);
});

test('a media_id is refused as another type, for another corp, and when it is unknown', async () => {
  const { media_id } = await upload('file', formOf(TEXT));
  expect((await send('image', media_id)).errcode).toBe(40007);
  expect((await send('file', 'nobody’s')).errcode).toBe(40007);
  const other = await rig.newCorp();
  expect((await send('file', media_id, other)).errcode).toBe(40007);
  expect((await send('file', (await upload('file', formOf(TEXT), other)).media_id, other)).errcode).toBe(0);
  expect((await send('file', (await uploadAsProvider('file', formOf(TEXT))).media_id)).errcode).toBe(40007);
});

test('the token is looked at first, then the type, then the file', async () => {
  const nothing = formOf(TEXT, 'a.txt', 'file');
  expect((await rig.wire('media/upload', { type: 'gif' }, nothing)).errcode).toBe(41001);
  expect((await rig.wire('media/upload', { access_token: 'none', type: 'gif' }, nothing)).errcode).toBe(40014);
  expect((await upload('gif', nothing)).errcode).toBe(40005);
  expect((await upload('file', nothing)).errcode).toBe(44001);
  expect((await rig.wire('service/media/upload', { type: 'file' }, nothing)).errcode).toBe(41001);
});

test.each<[string, string, number, Buffer, Buffer]>([
  ['five bytes', 'file', 40006, Buffer.alloc(5), Buffer.alloc(6)],
  ['an empty file', 'file', 44001, Buffer.alloc(0), TEXT],
  ['an image over 10 MB', 'image', 40009, filled(PNG, 10 * MB + 1), filled(PNG, 10 * MB)],
  ['a voice over 2 MB', 'voice', 40006, filled(AMR, 2 * MB + 1), filled(AMR, 2 * MB)],
  ['a video over 10 MB', 'video', 40011, filled(MP4, 10 * MB + 1), filled(MP4, 10 * MB)],
  ['a file over 20 MB', 'file', 40006, Buffer.alloc(20 * MB + 1), Buffer.alloc(20 * MB)],
  ['more than the sandbox reads', 'file', 45001, Buffer.alloc(32 * MB), TEXT],
  ['a GIF', 'image', 40123, Buffer.from('GIF89a'), filled(JPG, 6)],
  ['a voice that is no AMR', 'voice', 40004, Buffer.from('ID3...'), AMR],
  ['a video that is no MP4', 'video', 40004, Buffer.from('RIFF....AVI '), MP4],
])('%s is refused, its twin is taken', async (_what, type, errcode, wrong, right) => {
  expect((await upload(type, formOf(wrong))).errcode).toBe(errcode);
  expect((await upload(type, formOf(right))).errcode).toBe(0);
});

test('the provider’s images are smaller, its names are no paths, and it may name the cash desk', async () => {
  expect((await uploadAsProvider('image', formOf(filled(PNG, 2 * MB + 1)))).errcode).toBe(40009);
  expect((await uploadAsProvider('image', formOf(filled(PNG, 2 * MB)))).errcode).toBe(0);
  for (const name of ['/a.csv', 'a\\b.csv', 'a:b.csv']) {
    expect((await uploadAsProvider('file', formOf(TEXT, name))).errcode).toBe(40058);
  }
  expect((await uploadAsProvider('file', formOf(TEXT), { attachment_type: '1' })).errcode).toBe(40058);
  expect((await uploadAsProvider('file', formOf(TEXT), { attachment_type: '3' })).errcode).toBe(0);
});

/** A body as somebody else's client writes it. */
async function post(contentType: string, lines: readonly string[]): Promise<number | undefined> {
  const query = new URLSearchParams({ access_token: await corpToken(rig, corp), type: 'file' });
  const init = { method: 'POST', headers: { 'content-type': contentType }, body: lines.join('\r\n') };
  const answer = (await rig.fetchJson(`/cgi-bin/media/upload?${query}`, init)).body as Wire;
  expect(judgeAnswer('/cgi-bin/media/upload', answer)).toEqual([]);
  return answer.errcode;
}

test('WeCom’s own example is understood, what is no whole form holds no file', async () => {
  const boundary = '-------------------------acebdf13572468';
  const form = `multipart/form-data; boundary=${boundary}`;
  const head = [
    'Content-Disposition: form-data; name="media";filename="wework.txt"; filelength=6',
    'Content-Type: application/octet-stream',
  ];
  const whole = [`--${boundary}`, ...head, '', 'mytext', `--${boundary}--`];
  expect(await post(form, whole)).toBe(0);
  expect(await post(form, ['--other', ...head, '', 'mytext', '--other--'])).toBe(44001);
  expect(await post(form, whole.slice(0, -1))).toBe(44001);
  expect(await post('multipart/form-data', whole)).toBe(44001);
  expect(await post('application/json', ['{}'])).toBe(44001);
  const encoded = `Content-Disposition: form-data; name="media"; filename*=utf-8''a.txt`;
  expect(await post(form, [`--${boundary}`, encoded, '', 'mytext', `--${boundary}--`])).toBe(44001);
  expect(await post(`multipart/form-data; boundary="${boundary}"`, whole)).toBe(0);
});
