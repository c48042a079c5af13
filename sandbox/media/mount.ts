import { z } from 'zod';
import { toSeconds } from '../clock';
import type { FormPart } from '../http/multipart';
import type { Answer, Call, Wire } from '../http/wire';
import { WireError } from '../http/wire-error';
import { MEDIA_TYPES, type MediaType } from '../state/media-types';
import { requireCorpToken, requireProviderToken } from '../tokens/check';
import type { World } from '../world';
import { acceptFile, CORP_LIMITS, PROVIDER_LIMITS } from './accept';
import { keepMedia } from './shelf';

/** The only "attachment type" there is: WeCom's cash desk. */
const CASH_DESK = '3';
/** "Must not begin with a slash, nor hold a backslash or a colon." */
const PROVIDER_FILE_NAME = /^(?!\/)[^\\:]+$/;

/** Temporary media (pages 96484 and 99310): a file in, an id for three days out. */
export function mountMedia(wire: Wire, world: World): void {
  wire.postForm('/cgi-bin/media/upload', (call) => {
    const { corp } = requireCorpToken(world, call);
    const type = requireType(call);
    const file = acceptFile(call.body as FormPart[], type, CORP_LIMITS);
    return upload(world, { ...file, ownerId: corp.corpId, type });
  });

  wire.postForm('/cgi-bin/service/media/upload', (call) => {
    const { corpId } = requireProviderToken(world, call);
    const type = requireType(call);
    const attachmentType = call.query.get('attachment_type') ?? CASH_DESK;
    if (attachmentType !== CASH_DESK) throw new WireError(40058, 'attachment_type');
    const file = acceptFile(call.body as FormPart[], type, PROVIDER_LIMITS);
    if (!PROVIDER_FILE_NAME.test(file.fileName)) throw new WireError(40058, 'filename');
    return upload(world, { ...file, ownerId: corpId, type });
  });
}

function requireType(call: Call): MediaType {
  const type = z.enum(MEDIA_TYPES).safeParse(call.query.get('type'));
  if (!type.success) throw new WireError(40005);
  return type.data;
}

/** `created_at` is text, as in WeCom's own example. */
function upload(world: World, uploaded: Parameters<typeof keepMedia>[1]): Answer {
  const { createdAtMs, mediaId, type } = keepMedia(world, uploaded);
  return { type, media_id: mediaId, created_at: String(toSeconds(createdAtMs)) };
}
