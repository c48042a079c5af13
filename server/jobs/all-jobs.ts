import { handleInbox } from './handle-inbox';
import type { Job } from './runner';
import { sweep } from './sweep';

/** Everything that comes round. Callbacks are hints and mostly arrive at once; these make sure nothing stays behind. */
export const allJobs: readonly Job[] = [handleInbox, { name: 'sweep', everyMs: 10 * 60_000, run: sweep }];
