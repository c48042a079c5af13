import type { Deps } from '../../../server/deps';
import { createEventBus } from '../../../server/events';
import { createRoundRunner, type Round } from '../../../server/jobs/rounds';
import { createLog } from '../../../server/log';
import { createMetrics } from '../../../server/metrics';

function buildDeps() {
  const lines: string[] = [];
  const log = createLog('info', { write: (line: string) => void lines.push(line) });
  const deps = { events: createEventBus(), metrics: createMetrics(), log } as unknown as Deps;
  return { deps, lines };
}

/** A job whose runs end when the test says so. */
function steppedJob(everyMs = 60_000) {
  const runs: { end: (error?: Error) => void; signal: AbortSignal }[] = [];
  const waiting: (() => void)[] = [];
  const job: Round = {
    name: 'stepped',
    everyMs,
    run: (_deps, signal) =>
      new Promise((resolve, reject) => {
        runs.push({ end: (error) => (error ? reject(error) : resolve()), signal });
        waiting.splice(0).forEach((go) => go());
      }),
  };
  const untilRuns = async (count: number): Promise<void> => {
    while (runs.length < count) await new Promise<void>((resolve) => waiting.push(resolve));
  };
  return { job, runs, untilRuns };
}

test('a job runs at the start, again in its rhythm, and goes on after a run that failed', async () => {
  const { deps, lines } = buildDeps();
  const { job, runs, untilRuns } = steppedJob(1);
  const runner = createRoundRunner(deps, [job]);
  runner.start();
  await untilRuns(1);
  runs[0]?.end(new Error('no luck'));
  await untilRuns(2);
  runs[1]?.end();
  await untilRuns(3);
  runs[2]?.end();
  await runner.stop();
  expect(lines.join('')).toContain('no luck');
  expect(await deps.metrics.text()).toContain('gate_jobs_total{job="stepped",outcome="failed"} 1');
});

test('news of work during a run leads to exactly one more run, however often it comes', async () => {
  const { deps } = buildDeps();
  const { job, runs, untilRuns } = steppedJob();
  const runner = createRoundRunner(deps, [job]);
  runner.start();
  await untilRuns(1);
  for (let news = 0; news < 5; news++) deps.events.jobDue('stepped');
  deps.events.jobDue('another');
  runs[0]?.end();
  await untilRuns(2);
  runs[1]?.end();
  await runner.stop();
  expect(runs).toHaveLength(2);
});

test('stopping tells the run, waits for it, and starts nothing more', async () => {
  const { deps } = buildDeps();
  const { job, runs, untilRuns } = steppedJob();
  const runner = createRoundRunner(deps, [job]);
  runner.start();
  await untilRuns(1);
  let stopped = false;
  const stopping = runner.stop().then(() => (stopped = true));
  deps.events.jobDue('stepped');
  expect(runs[0]?.signal.aborted).toBe(true);
  expect(stopped).toBe(false);
  runs[0]?.end();
  await stopping;
  deps.events.jobDue('stepped');
  expect(runs).toHaveLength(1);
});
