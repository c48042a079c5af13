import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { systemClock } from '../../../server/clock';
import { createLog } from '../../../server/log';
import { createMetrics } from '../../../server/metrics';
import { mediaForm, type MediaUpload } from '../../../server/wecom/media';
import { createWecomRequest } from '../../../server/wecom/request';
import type { Answer } from '../../support/scripted-wecom';
import { CORP_REF, startScriptedClient, type ScriptedClient } from '../../support/wecom-client';

const MB = 1024 * 1024;
const DAY_MS = 86_400_000;
const fault = (fields: object) => expect.objectContaining(fields) as unknown as Error;
const ANSWER = { errcode: 0, errmsg: '', type: 'file', media_id: 'media-1', created_at: '1380000000' };
const CSV: MediaUpload = { type: 'file', name: '名单.csv', bytes: Buffer.from('userid\nwoA') };
const PNG = Buffer.from('89504e470d0a1a0a', 'hex');
const JPG = Buffer.from('ffd8ffe000', 'hex');
const AMR = Buffer.from('#!AMR\n');
const MP4 = Buffer.from('....ftypisom');

let client: ScriptedClient;
let answers: Answer[] = [];

beforeEach(async () => {
  answers = [];
  client = await startScriptedClient(() => answers.shift() ?? ANSWER);
});

afterEach(() => client.close());

/** The one file of what was posted last. */
function sentFile(): File {
  const form = client.heard().at(-1)?.body;
  if (!(form instanceof FormData)) throw new Error('no form was sent');
  expect([...form.keys()]).toEqual(['media']);
  return form.get('media') as File;
}

test('a file goes out as the form’s media with its name, and comes back as an id for three days', async () => {
  expect(await client.wecom.uploadMedia(CORP_REF, CSV)).toEqual({
    mediaId: 'media-1',
    expiresAtMs: 1_380_000_000_000 + 3 * DAY_MS,
  });
  expect(client.heard()).toMatchObject([
    { method: 'POST', path: '/cgi-bin/media/upload', query: { access_token: 'corp-token', type: 'file' } },
  ]);
  const file = sentFile();
  expect([file.name, file.type]).toEqual(['名单.csv', 'application/octet-stream']);
  expect(Buffer.from(await file.arrayBuffer())).toEqual(CSV.bytes);
});

test('the provider’s file goes out with the provider’s token; created_at may be a number', async () => {
  answers = [{ ...ANSWER, created_at: 1_380_000_000 }];
  const { expiresAtMs } = await client.wecom.uploadProviderMedia({ type: 'image', name: 'a.png', bytes: PNG });
  expect(expiresAtMs).toBe(1_380_000_000_000 + 3 * DAY_MS);
  expect(client.heard()).toMatchObject([
    {
      path: '/cgi-bin/service/media/upload',
      query: { provider_access_token: 'provider-token', type: 'image' },
    },
  ]);
  expect(sentFile().type).toBe('image/png');
});

test.each([
  ['WeCom is busy', { errcode: -1, errmsg: 'system busy' }],
  ['the credential is stale', { errcode: 40014, errmsg: 'invalid access_token' }],
])('when %s the whole file is sent again', async (_, first) => {
  answers = [first];
  expect(await client.wecom.uploadMedia(CORP_REF, CSV)).toMatchObject({ mediaId: 'media-1' });
  expect(client.heard()).toHaveLength(2);
  expect(await sentFile().text()).toBe('userid\nwoA');
});

test('into a block of WeCom’s no file is sent', async () => {
  answers = [{ errcode: 45009, errmsg: 'api freq out of limit' }];
  const blocked = fault({ code: 'wecom.rate_limited' });
  await expect(client.wecom.uploadMedia(CORP_REF, CSV)).rejects.toEqual(blocked);
  await expect(client.wecom.uploadMedia(CORP_REF, CSV)).rejects.toEqual(blocked);
  expect(client.heard()).toHaveLength(1);
});

test.each([40004, 40005, 40006, 40009, 40011, 40123, 44001, 45001, 45007])(
  'the refusal %d is one of the data, and not tried again',
  async (errcode) => {
    answers = [{ errcode, errmsg: 'refused' }];
    const refusal = fault({ errcode, code: 'wecom.invalid', retry: 'never' });
    await expect(client.wecom.uploadMedia(CORP_REF, CSV)).rejects.toEqual(refusal);
    expect(client.heard()).toHaveLength(1);
  },
);

test('an answer without media_id is no answer', async () => {
  answers = [{ ...ANSWER, media_id: '' }];
  await expect(client.wecom.uploadMedia(CORP_REF, CSV)).rejects.toEqual(fault({ code: 'wecom.malformed' }));
});

/** A file that begins like this and is so long. */
const filled = (head: Buffer, size: number) => Buffer.concat([head, Buffer.alloc(size - head.length)]);
const sized = (type: MediaUpload['type'], head: Buffer, size: number) => ({ ...CSV, type, bytes: filled(head, size) });

test.each<[string, MediaUpload, MediaUpload]>([
  ['5 bytes', { ...CSV, bytes: Buffer.alloc(5) }, { ...CSV, bytes: Buffer.alloc(6) }],
  ['an image over 10 MB', sized('image', JPG, 10 * MB + 1), sized('image', JPG, 10 * MB)],
  ['a voice over 2 MB', sized('voice', AMR, 2 * MB + 1), sized('voice', AMR, 2 * MB)],
  ['a video over 10 MB', sized('video', MP4, 10 * MB + 1), sized('video', MP4, 10 * MB)],
  ['a file over 20 MB', { ...CSV, bytes: Buffer.alloc(20 * MB + 1) }, { ...CSV, bytes: Buffer.alloc(20 * MB) }],
  ['an image that is no JPG and no PNG', sized('image', Buffer.from('GIF89a'), 6), sized('image', PNG, 8)],
  ['a voice that is no AMR', sized('voice', Buffer.from('ID3...'), 6), sized('voice', AMR, 6)],
  ['a video that is no MP4', sized('video', Buffer.from('RIFF....AVI '), 12), sized('video', MP4, 12)],
  ['a path for a name', { ...CSV, name: '/etc/a.csv' }, { ...CSV, name: 'etc.a.csv' }],
  ['a name with a quotation mark', { ...CSV, name: 'a"b.csv' }, { ...CSV, name: 'a’b (1).csv' }],
  ['a name of two lines', { ...CSV, name: 'a\r\nb.csv' }, { ...CSV, name: 'a b.csv' }],
])('%s is refused before anything is sent, its twin is not', async (_, wrong, right) => {
  await expect(client.wecom.uploadMedia(CORP_REF, wrong)).rejects.toEqual(fault({ code: 'request.invalid' }));
  expect(client.heard()).toEqual([]);
  await client.wecom.uploadMedia(CORP_REF, right);
  expect(sentFile().size).toBe(right.bytes.length);
});

test('the provider’s images are 2 MB at most', async () => {
  const refused = client.wecom.uploadProviderMedia(sized('image', PNG, 2 * MB + 1));
  await expect(refused).rejects.toEqual(fault({ code: 'request.invalid' }));
  await client.wecom.uploadProviderMedia(sized('image', PNG, 2 * MB));
  expect(client.heard()).toHaveLength(1);
});

test('on the wire the body says how long it is, names the file as it is, and ends with a line break', async () => {
  let headers: IncomingHttpHeaders = {};
  let sent = '';
  const server = createServer((request, response) => {
    headers = request.headers;
    request.setEncoding('utf8').on('data', (chunk: string) => (sent += chunk));
    request.on('end', () => response.end('{"errcode":0}'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const apiOrigin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const request = createWecomRequest({
    apiOrigin,
    clock: systemClock,
    log: createLog('silent'),
    metrics: createMetrics(),
  });
  await request({ path: '/cgi-bin/media/upload', form: mediaForm(CSV), schema: z.object({}) });
  server.closeAllConnections();
  server.close();
  expect(headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
  expect(headers['content-length']).toBe(String(Buffer.byteLength(sent)));
  expect(sent).toContain('Content-Disposition: form-data; name="media"; filename="名单.csv"\r\n');
  expect(sent).toMatch(/--\r\n$/);
});
