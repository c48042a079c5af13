import { job, type Job } from './job';
import { sweep } from './sweep';

/** Everything the queue knows how to do. Callbacks are hints and mostly arrive at once; these make sure nothing stays behind. */
export const allJobs: readonly Job[] = [job('sweep', sweep)];
