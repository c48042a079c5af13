import { z } from 'zod';
import { checkAsked } from './asked';
import type { Wecom } from './client';
import { CorpMedia, mediaForm, ProviderMedia, type MediaUpload, type UploadedMedia } from './media';
import type { WecomRequest } from './request';
import type { TokenKeeper } from './tokens';
import { wireNumber } from './wire';

type MediaApi = Pick<Wecom, 'uploadMedia' | 'uploadProviderMedia'>;

/** Both who waits and who does not: 20 MB take a while. */
const UPLOAD_MS = 30_000;
const LIFE_MS = 3 * 24 * 60 * 60 * 1000;

/** `created_at` is quoted in WeCom's own example; seconds. */
const uploaded = z.object({ media_id: z.string().min(1), created_at: wireNumber });

/** Temporary media (96484, 99310). */
export function createMediaApi(request: WecomRequest, tokens: TokenKeeper): MediaApi {
  const upload = async (path: string, token: object, media: MediaUpload, corpId?: string): Promise<UploadedMedia> => {
    const query = { ...token, type: media.type };
    const call = { path, query, form: mediaForm(media), schema: uploaded, deadlineMs: UPLOAD_MS, corpId };
    const { created_at, media_id } = await request(call);
    return { mediaId: media_id, expiresAtMs: created_at * 1000 + LIFE_MS };
  };
  return {
    /** media/upload. */
    uploadMedia: async (corp, media) => {
      const checked = checkAsked(CorpMedia, media);
      return tokens.withCorpToken(corp, (token) =>
        upload('/cgi-bin/media/upload', { access_token: token }, checked, corp.corpId),
      );
    },
    /** service/media/upload. Its `attachment_type` is for WeCom's cash desk only, so none is said. */
    uploadProviderMedia: async (media) => {
      const checked = checkAsked(ProviderMedia, media);
      return tokens.withProviderToken((token) =>
        upload('/cgi-bin/service/media/upload', { provider_access_token: token }, checked),
      );
    },
  };
}
