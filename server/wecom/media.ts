import { z } from 'zod';

/** What WeCom tells apart; `file` is anything else. */
const MEDIA_TYPES = ['image', 'voice', 'video', 'file'] as const;
type MediaType = (typeof MEDIA_TYPES)[number];

/** WeCom writes "MB" and does not say which: the larger reading, so that nothing it takes is refused here. */
const MB = 1024 * 1024;
/** "Every file must be larger than 5 bytes." */
const FEWEST_BYTES = 6;

/** How files of a format begin: these bytes, hexadecimal, at this place. */
type Format = { readonly contentType: string; readonly at: number; readonly begins: string };
const FORMATS: Readonly<Record<MediaType, readonly Format[]>> = {
  image: [
    { contentType: 'image/jpeg', at: 0, begins: 'ffd8ff' },
    { contentType: 'image/png', at: 0, begins: '89504e470d0a1a0a' },
  ],
  voice: [{ contentType: 'audio/amr', at: 0, begins: Buffer.from('#!AMR').toString('hex') }],
  video: [{ contentType: 'video/mp4', at: 4, begins: Buffer.from('ftyp').toString('hex') }],
  file: [{ contentType: 'application/octet-stream', at: 0, begins: '' }],
};

/** Shown to whoever gets the file. No path and no colon (99310), and nothing that multipart would have to escape. */
const fileName = z.string().regex(/^(?!\/)[^\\:"\p{Cc}]+$/u);

/** Temporary media with WeCom's limits, in MB per type. That a voice lasts 60 s at most is left to WeCom (45007). */
const mediaUpTo = (mostMegabytes: Readonly<Record<MediaType, number>>) =>
  z
    .object({ type: z.enum(MEDIA_TYPES), name: fileName, bytes: z.instanceof(Uint8Array) })
    .refine(({ bytes }) => bytes.length >= FEWEST_BYTES, { path: ['bytes'], message: 'more than 5 bytes' })
    .refine(({ bytes, type }) => bytes.length <= mostMegabytes[type] * MB, { path: ['bytes'], message: 'too large' })
    .refine(({ bytes, type }) => contentTypeOf(type, bytes) !== null, {
      path: ['bytes'],
      message: 'an image is JPG or PNG, a voice AMR, a video MP4',
    });

/** media/upload (96484). */
export const CorpMedia = mediaUpTo({ image: 10, voice: 2, video: 10, file: 20 });
/** service/media/upload (99310). */
export const ProviderMedia = mediaUpTo({ image: 2, voice: 2, video: 10, file: 20 });

export type MediaUpload = z.input<typeof CorpMedia>;
/** After `expiresAtMs`, three days from the upload, WeCom does not know the id any more. */
export type UploadedMedia = { readonly mediaId: string; readonly expiresAtMs: number };

/** Checked media as the form WeCom takes: one file in the field `media`. */
export function mediaForm({ bytes, name, type }: MediaUpload): FormData {
  const form = new FormData();
  form.append('media', new Blob([bytes], { type: contentTypeOf(type, bytes) ?? '' }), name);
  return form;
}

/** By how the file begins; null when it is no file of that type. */
function contentTypeOf(type: MediaType, bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, 16)).toString('hex');
  return FORMATS[type].find(({ at, begins }) => head.startsWith(begins, at * 2))?.contentType ?? null;
}
