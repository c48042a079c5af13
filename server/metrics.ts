import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { CHANNELS } from './callbacks/envelope';
import { KINDS } from './jobs/kinds';
import type { SuiteUse } from './wecom/suites-in-use';

/** What the server counts. Label values come from small closed sets: routes, codes, paths of WeCom; never ids. */
export type Metrics = {
  /** Returns the function that counts one answer of a route; look it up once, at the route's registration. */
  readonly route: (method: string, pattern: string) => (status: number, seconds: number) => void;
  /** `outcome`: `ok` or an error code. */
  readonly wecomCall: (path: string, outcome: string, seconds: number) => void;
  /** `outcome`: `stored`, `handled`, `postponed`, `dead`, or a `callback.*` code. */
  readonly callback: (channel: string, outcome: string) => void;
  readonly verdict: (outcome: string, reason: string) => void;
  readonly activation: (mode: string, outcome: string) => void;
  /** A round of one instance or a turn of a job, by name or kind. */
  readonly job: (name: string, outcome: 'ok' | 'again' | 'failed' | 'dead' | 'stopped', seconds: number) => void;
  readonly reminder: (outcome: 'sent' | 'reached_nobody' | 'refused' | 'unknown' | 'no_recipient') => void;
  readonly waitingCallbacks: (count: number) => void;
  /** Jobs that wait, or were given up; kinds that are not named have none. */
  readonly openJobs: (counts: readonly { kind: string; state: string; count: number }[]) => void;
  /** Answered by what this process remembered, because the store could not be reached. */
  readonly fromMemory: (what: 'session' | 'verdict') => void;
  /** Whether news of other instances is heard. */
  readonly newsHeard: (heard: boolean) => void;
  /** How many processes serve on the store, as this one has counted. */
  readonly liveInstances: (count: number) => void;
  /** How long a suite is without a new suite_ticket. */
  readonly suiteTicketSilence: (suite: SuiteUse, silentMs: number) => void;
  /** Prometheus text and its content type. */
  readonly text: () => Promise<string>;
  readonly contentType: string;
};

const SECONDS = [0.001, 0.005, 0.02, 0.1, 0.5, 1, 2, 4];

/** Its own registry per call, so that a test may make ten. `process`: also count memory, event loop and so on. */
export function createMetrics(options: { readonly process?: boolean } = {}): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (options.process) collectDefaultMetrics({ register: registry });
  const counter = <L extends string>(name: string, help: string, labelNames: L[]) =>
    new Counter({ name, help, labelNames, registers });
  const histogram = <L extends string>(name: string, help: string, labelNames: L[]) =>
    new Histogram({ name, help, labelNames, buckets: SECONDS, registers });

  const answers = counter('gate_http_answers_total', 'Answers by route and status', ['method', 'route', 'status']);
  const durations = histogram('gate_http_seconds', 'Time to answer by route', ['method', 'route']);
  const calls = counter('gate_wecom_calls_total', 'Calls to WeCom by path and outcome', ['path', 'outcome']);
  const callTimes = histogram('gate_wecom_seconds', 'Time WeCom took by path', ['path']);
  const callbacks = counter('gate_callbacks_total', 'Callbacks by channel and outcome', ['channel', 'outcome']);
  const verdicts = counter('gate_verdicts_total', 'Verdicts by outcome and reason', ['outcome', 'reason']);
  const activations = counter('gate_activations_total', 'Activations by mode and outcome', ['mode', 'outcome']);
  const jobs = counter('gate_jobs_total', 'Runs of jobs by outcome', ['job', 'outcome']);
  const jobTimes = histogram('gate_job_seconds', 'Time a job took', ['job']);
  // From nought, so that the first one given up is seen as a rise: what begins at one has risen from nothing.
  for (const channel of CHANNELS) callbacks.inc({ channel, outcome: 'dead' }, 0);
  for (const job of Object.keys(KINDS)) jobs.inc({ job, outcome: 'dead' }, 0);
  const reminders = counter('gate_reminders_total', 'Reminders to administrators by outcome', ['outcome']);
  const waiting = new Gauge({ name: 'gate_callbacks_waiting', help: 'Callbacks not yet handled', registers });
  const openJobs = new Gauge({
    name: 'gate_jobs_open',
    help: 'Jobs by state',
    labelNames: ['job', 'state'],
    registers,
  });
  const memory = counter('gate_from_memory_total', 'Answers from memory while the store was away', ['what']);
  const news = new Gauge({ name: 'gate_news_heard', help: '1 while news of other instances is heard', registers });
  const instances = new Gauge({ name: 'gate_instances', help: 'Processes on the same store', registers });
  // Alone until they are counted, and always so on the embedded store.
  instances.set(1);
  const ticketAge = new Gauge({
    name: 'gate_suite_ticket_age_seconds',
    help: 'Time since the newest suite_ticket; since the start of the process where none was ever pushed',
    labelNames: ['suite'],
    registers,
  });

  return {
    route: (method, route) => bindRoute(answers, durations, method, route),
    wecomCall: (path, outcome, seconds) => {
      calls.inc({ path, outcome });
      callTimes.observe({ path }, seconds);
    },
    callback: (channel, outcome) => callbacks.inc({ channel, outcome }),
    verdict: (outcome, reason) => verdicts.inc({ outcome, reason }),
    activation: (mode, outcome) => activations.inc({ mode, outcome }),
    job: (job, outcome, seconds) => {
      jobs.inc({ job, outcome });
      jobTimes.observe({ job }, seconds);
    },
    reminder: (outcome) => reminders.inc({ outcome }),
    waitingCallbacks: (count) => waiting.set(count),
    openJobs: (counts) => {
      openJobs.reset();
      for (const { count, kind: job, state } of counts) openJobs.set({ job, state }, count);
    },
    suiteTicketSilence: (suite, silentMs) => ticketAge.set({ suite }, silentMs / 1000),
    fromMemory: (what) => memory.inc({ what }),
    liveInstances: (count) => instances.set(count),
    newsHeard: (heard) => news.set(heard ? 1 : 0),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

/** Looking labels up costs more than counting, so each status is bound when it is first seen. */
function bindRoute(
  answers: Counter<'method' | 'route' | 'status'>,
  durations: Histogram<'method' | 'route'>,
  method: string,
  route: string,
): (status: number, seconds: number) => void {
  const duration = durations.labels({ method, route });
  const byStatus = new Map<number, Counter.Internal>();
  return (status, seconds) => {
    let count = byStatus.get(status);
    if (!count) byStatus.set(status, (count = answers.labels({ method, route, status: String(status) })));
    count.inc();
    duration.observe(seconds);
  };
}
