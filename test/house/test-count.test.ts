import path from 'node:path';
import { countLane, type JestReport } from '../../scripts/test-count';

const file = (name: string, ...statuses: string[]) => ({
  name: path.resolve('test', name),
  status: statuses.includes('failed') ? 'failed' : 'passed',
  assertionResults: statuses.map((status) => ({ status })),
});
const report = (...testResults: JestReport['testResults'][number][]): JestReport => ({ testResults });

let complaints: jest.SpyInstance;
beforeEach(() => (complaints = jest.spyOn(console, 'error').mockReturnValue()));
afterEach(() => complaints.mockRestore());

test('a lane in which no test is found fails, and says which', () => {
  expect(countLane('http', report(file('store/a.test.ts', 'passed')))).toEqual({ passed: 0, failed: 1, skipped: 0 });
  expect(complaints).toHaveBeenCalledWith(expect.stringContaining('lane http'));
});

test('a lane is counted by its own folder only', () => {
  const both = report(file('http/a.test.ts', 'passed', 'failed', 'pending'), file('store/b.test.ts', 'passed'));
  expect(countLane('http', both)).toEqual({ passed: 1, failed: 1, skipped: 1 });
  expect(complaints).not.toHaveBeenCalled();
});

test('a file that fails outside its tests is a failure of its own', () => {
  const broken = { ...file('http/b.test.ts', 'passed'), status: 'failed' };
  expect(countLane('http', report(broken))).toEqual({ passed: 1, failed: 1, skipped: 0 });
  expect(countLane('http', report(file('http/c.test.ts', 'passed')))).toEqual({ passed: 1, failed: 0, skipped: 0 });
});
