import { answer, CORP, endpoint, OK, PROVIDER, type Endpoint } from './endpoint';
import { either, integerFrom, object, oneOfValues, seconds, text } from './json-schema';

/**
 * The reference only names the second. Read were pages 96484 (2024-07-22; its third-party twin 90389 was not) and 99310
 * (2023-07-10); a 2026 SDK restates both and gives them one answer. The errcodes are the crawled page's words about
 * uploads; only 44001 was seen coming back from one (T), so which of them says what is unverified (?).
 */
const MB = 1024 * 1024;
const type = oneOfValues('image', 'voice', 'video', 'file');
/** Whether MB means 1024 × 1024 is not said (?). */
const media = (maximum: number) =>
  object({ media: object({ name: text, contentType: text, size: integerFrom(6, maximum) }) });
const uploaded = answer({ type, media_id: text, created_at: either(seconds, { ...text, pattern: '^[0-9]{1,10}$' }) });
const errcodes = [40004, 40005, 40006, 40009, 40011, 40123, 44001, 45001, 45007];
const asks = [{ media: { name: 'wework.txt', contentType: 'application/octet-stream', size: 6 } }];
const UPLOADED = { type: 'file', media_id: '1G6nrLmr5EC3MMb_-zK1dDdzmd0p7cNliYu9V5w7o8K0' };
const answers = [
  { what: 'created_at is text, errmsg is empty', body: { ...OK, errmsg: '', ...UPLOADED, created_at: '1380000000' } },
  { what: 'created_at is a number (M)', body: { ...OK, ...UPLOADED, created_at: 1_380_000_000 } },
];
const usual = { request: media(20 * MB), encoding: 'form', response: uploaded, errcodes, asks, answers } as const;
const limits = [
  'every file is larger than 5 bytes',
  'the media_id is good for three days',
  'the form also takes filelength; WeCom’s own curl example sends none (99310), nor does the client',
  'a file name that is not ASCII goes as it is, never as filename* (T: users of SDKs, about WeChat)',
  'the body says its length and ends with a line break (T: users of SDKs, about other servers of Tencent’s)',
];

export const MEDIA_ENDPOINTS: readonly Endpoint[] = [
  endpoint({
    ...usual,
    name: 'media/upload',
    purpose: 'uploads a file for messages to the corp',
    token: CORP,
    query: object({ type }),
    pages: [90389, 96484],
    confidence: ['O', 'M', 'S', 'C', '?'],
    limits: [
      ...limits,
      'image 10 MB, JPG or PNG; voice 2 MB and 60 s, AMR; video 10 MB, MP4; file 20 MB (older copies: image 2 MB)',
      'any app of the corp may use the media_id',
    ],
  }),
  endpoint({
    ...usual,
    name: 'service/media/upload',
    purpose: 'uploads a file in the provider’s name, for ids in it to become names',
    token: PROVIDER,
    query: object({ type }, { attachment_type: oneOfValues('3') }),
    pages: [99310],
    confidence: ['O', 'M', 'S', 'C', '?'],
    limits: [
      ...limits,
      'image 2 MB, JPG or PNG; voice 2 MB and 60 s, AMR; video 10 MB, MP4; file 20 MB',
      'the file name does not begin with a slash and holds no backslash and no colon',
      'attachment_type 3 is the cash desk; otherwise it is left out',
      'third-party apps only (M)',
    ],
  }),
];
