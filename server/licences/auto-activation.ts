import type { Deps } from '../deps';
import { AppError, WecomError } from '../errors';
import { becauseOf } from './cause';
import { refreshAfresh } from './refresh-once';
import { readingOf } from './sources';

/** "No licence ever bought for this corp": such a corp has no switch (95873 / 97199). */
const NEVER_PAID = 701071;

/** Switches a corp's auto-activation and reads it back. Throws `licence.never_paid` for a corp that has no switch. */
export async function switchAutoActivation(deps: Deps, corpId: string, on: boolean): Promise<void> {
  try {
    await deps.wecom.setAutoActivation(corpId, on);
  } catch (error) {
    if (!(error instanceof WecomError) || error.errcode !== NEVER_PAID) throw error;
    throw new AppError('licence.never_paid', { cause: error });
  }
  const { key, work } = readingOf(deps, 'autoActivation', corpId, '', becauseOf('switch'));
  await refreshAfresh(deps, key, work);
  deps.events.changed({ corpId, userId: null });
}
