import { planReminders } from '../reminders/plan-reminders';
import { remindCorp } from '../reminders/remind-corp';
import { askClosedCorps } from './ask-closed-corps';
import { forgetCorps } from './forget-corps';
import { forgetStrays } from './forget-strays';
import { job, type Job } from './job';
import { readEnded, readTrial, reconcile } from './of-corp';
import { followEnds, planReconciliation, planTrials } from './plan-corps';
import { planOrders, pollOrderOnce } from './poll-order';
import { sweep } from './sweep';
import { watchSuiteTicket } from './watch-suite-ticket';

/** Everything the queue knows how to do. Callbacks are hints and mostly arrive at once; these make sure nothing stays behind. */
export const allJobs: readonly Job[] = [
  job('sweep', sweep),
  job('watch-suite-ticket', watchSuiteTicket),
  job('ask-closed-corps', askClosedCorps),
  job('forget-corps', forgetCorps),
  job('forget-strays', forgetStrays),
  job('plan-trials', planTrials),
  job('plan-reconciliation', planReconciliation),
  job('follow-ends', followEnds),
  job('plan-orders', planOrders),
  job('poll-order', pollOrderOnce),
  job('refresh-trial', readTrial),
  job('refresh-ended', readEnded),
  job('reconcile-corp', reconcile),
  job('plan-reminders', planReminders),
  job('remind-corp', remindCorp),
];
