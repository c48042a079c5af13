import type { Capability } from '../../../domain/facts';
import type { Deps } from '../../deps';
import { AppError } from '../../errors';
import { judgeVisit } from '../../licences/gate';
import { isGranted } from '../../licences/judged';
import { getMember } from '../middleware/session';
import { noted } from '../openapi/route-note';
import type { AppContext, Handler } from '../router';

/** When a caller that waits for an activation may come again. */
const RETRY_MS = 1000;

/**
 * Holds the gate at a feature's route: only a member whom the verdict lets in gets past. Throws `access.blocked` or
 * `access.activating` with the reason and nothing of the feature, `access.outsider` for visitors without a corp.
 */
export function requireAllowed(deps: Deps, capability: Capability): Handler {
  const errors = ['auth.required', 'access.outsider', 'access.blocked', 'access.activating'] as const;
  return noted({ needsSession: true, errors }, (ctx) => ensureAllowed(deps, ctx, capability));
}

/** Throws unless the member behind the request is let in; see `requireAllowed`. */
export async function ensureAllowed(deps: Deps, ctx: AppContext, capability: Capability): Promise<void> {
  const { verdict } = await judgeVisit(deps, getMember(ctx), { capability });
  if (isGranted(verdict)) return;
  const publicDetails = { reason: verdict.reason };
  if (verdict.outcome === 'wait') throw new AppError('access.activating', { publicDetails, retryAfterMs: RETRY_MS });
  throw new AppError('access.blocked', { publicDetails });
}
