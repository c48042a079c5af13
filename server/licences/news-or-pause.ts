import type { Deps } from '../deps';
import { memoryOf } from './process-memory';

/**
 * Waits the pause out, or less when something is heard of this member, such as auto_activate. When the process leaves,
 * nothing is waited for any more.
 */
export async function newsOrPause(
  deps: Deps,
  { corpId, userId }: { readonly corpId: string; readonly userId: string },
  pauseMs: number,
): Promise<void> {
  const { leaving } = memoryOf(deps);
  if (pauseMs === 0 || leaving.signal.aborted) return;
  await new Promise<void>((resolve) => {
    const stop = deps.events.onChanged((news) => {
      if (news.corpId === corpId && news.userId === userId) finish();
    });
    const timer = setTimeout(finish, pauseMs);
    leaving.signal.addEventListener('abort', finish);
    function finish(): void {
      clearTimeout(timer);
      leaving.signal.removeEventListener('abort', finish);
      stop();
      resolve();
    }
  });
}
