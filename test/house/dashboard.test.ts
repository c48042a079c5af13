import { existsSync, readFileSync } from 'node:fs';
import { KINDS } from '../../server/jobs/kinds';
import { createMetrics } from '../../server/metrics';

/** The dashboard and the alerts speak of metrics that exist, and leave out none of ours. */
const namesIn = (text: string): string[] => [
  ...new Set([...text.matchAll(/\b((?:gate|process|nodejs)_[a-z0-9_]+)/g)].map((match) => match[1] ?? '')),
];
const dashboard = readFileSync('ops/grafana.json', 'utf8');
const alerts = readFileSync('ops/alerts.yml', 'utf8');

async function knownMetrics(): Promise<string[]> {
  const text = await createMetrics({ process: true }).text();
  return [...text.matchAll(/^# TYPE (\S+)/gm)].map((match) => match[1] ?? '');
}

test.each([
  ['the dashboard', dashboard],
  ['the alerts', alerts],
])('every metric that %s names exists', async (_, text) => {
  const known = await knownMetrics();
  const named = namesIn(text).map((name) => name.replace(/_bucket$/, ''));
  expect(named.length).toBeGreaterThan(4);
  expect(named.filter((name) => !known.includes(name))).toEqual([]);
});

test('every metric of ours is on the dashboard', async () => {
  const ours = (await knownMetrics()).filter((name) => name.startsWith('gate_'));
  expect(ours.length).toBeGreaterThan(10);
  expect(ours.filter((name) => !dashboard.includes(name))).toEqual([]);
});

test('what may be given up is counted from nought, so that the first is seen to be one more', async () => {
  const text = await createMetrics().text();
  for (const channel of ['command', 'data', 'system'])
    expect(text).toContain(`gate_callbacks_total{channel="${channel}",outcome="dead"} 0`);
  for (const job of Object.keys(KINDS)) expect(text).toContain(`gate_jobs_total{job="${job}",outcome="dead"} 0`);
});

test('every alert names a runbook that exists', () => {
  const runbooks = [...alerts.matchAll(/runbook: (\S+)/g)].map((match) => match[1] ?? '');
  expect(runbooks.length).toBe([...alerts.matchAll(/alert:/g)].length);
  expect(runbooks.filter((file) => !existsSync(file))).toEqual([]);
});
