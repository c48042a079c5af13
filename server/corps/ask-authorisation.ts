import type { Deps } from '../deps';
import { WecomError } from '../errors';
import type { Authorisation, CorpRef } from '../wecom/client';

/** 48004: no authorisation, or cancelled. 301007: the corp is dissolved or banned. */
const OVER = new Set([48004, 301007]);
/**
 * The permanent code is mistyped, cancelled or another provider's. A custom app whose code was reset answers it too,
 * from the reset until we have exchanged the code that its notice brings.
 */
const CODE_REFUSED = 40084;

/** What WeCom says of an installation: it stands; it is over for certain; or only that the code is not taken. */
export type Standing =
  | { readonly is: 'standing'; readonly authorisation: Authorisation }
  | { readonly is: 'over' }
  | { readonly is: 'code_refused' };

/**
 * Asks WeCom about an installation (get_auth_info). Only the errcodes above speak of its end: 50003 (disabled by an
 * administrator) or 701015 (no app of this provider) come from corps that have the app, or may have it tomorrow. Those,
 * any other refusal, and silence are thrown.
 */
export async function askAuthorisation({ wecom }: Pick<Deps, 'wecom'>, corp: CorpRef): Promise<Standing> {
  try {
    return { is: 'standing', authorisation: await wecom.getAuthInfo(corp) };
  } catch (error) {
    if (!(error instanceof WecomError)) throw error;
    if (OVER.has(error.errcode)) return { is: 'over' };
    if (error.errcode === CODE_REFUSED) return { is: 'code_refused' };
    throw error;
  }
}
