import type { FormPart } from '../http/multipart';
import { WireError } from '../http/wire-error';
import type { MediaType } from '../state/media-types';

const MB = 1024 * 1024;
const FEWEST_BYTES = 6;

/** Pages 96484 and 99310, in MB: the provider's images are smaller. */
export type Limits = Readonly<Record<MediaType, number>>;
export const CORP_LIMITS: Limits = { image: 10, voice: 2, video: 10, file: 20 };
export const PROVIDER_LIMITS: Limits = { ...CORP_LIMITS, image: 2 };

/** Which errcode says "too large" (90313): there is one for images, one for videos, and one for any file. */
const TOO_LARGE: Readonly<Record<MediaType, number>> = { image: 40009, voice: 40006, video: 40011, file: 40006 };

const STARTS: Readonly<Record<MediaType, (bytes: Buffer) => boolean>> = {
  image: (bytes) => bytes.subarray(1, 4).equals(Buffer.from('PNG')) || bytes.readUInt16BE(0) === 0xff_d8,
  voice: (bytes) => bytes.subarray(0, 5).equals(Buffer.from('#!AMR')),
  video: (bytes) => bytes.subarray(4, 8).equals(Buffer.from('ftyp')),
  file: () => true,
};

export type AcceptedFile = { readonly fileName: string; readonly size: number };

/** The file in the field `media`, if it may be of that type. Throws 44001, 40006, 40009, 40011, 40123 or 40004. */
export function acceptFile(parts: readonly FormPart[], type: MediaType, limits: Limits): AcceptedFile {
  const part = parts.find(({ field }) => field === 'media');
  if (!part?.fileName || part.bytes.length === 0) throw new WireError(44001);
  const size = part.bytes.length;
  if (size < FEWEST_BYTES) throw new WireError(40006, 'a file must be larger than 5 bytes');
  if (size > limits[type] * MB) throw new WireError(TOO_LARGE[type], `${type}: at most ${limits[type]} MB`);
  if (!STARTS[type](part.bytes)) throw new WireError(type === 'image' ? 40123 : 40004);
  return { fileName: part.fileName, size };
}
