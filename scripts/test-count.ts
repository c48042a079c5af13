import path from 'node:path';

/** What Jest's `--json` report holds that we count. */
export type JestReport = {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
};

export type Count = { readonly passed: number; readonly failed: number; readonly skipped: number };

export const EMPTY: Count = { passed: 0, failed: 0, skipped: 0 };

export function sum(a: Count, b: Count): Count {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/**
 * One lane's totals. A file that could not run, or failed outside its tests, counts as one failure; so does a lane in
 * which there is no test at all.
 */
export function countLane(lane: string, report: JestReport): Count {
  const folder = path.resolve('test', lane) + path.sep;
  const files = report.testResults.filter(({ name }) => name.startsWith(folder));
  const statuses = files.flatMap(({ assertionResults }) => assertionResults.map(({ status }) => status));
  if (statuses.length === 0) {
    console.error(`FAILED  lane ${lane}: no test found in test/${lane}`);
    return { ...EMPTY, failed: 1 };
  }
  const passed = statuses.filter((status) => status === 'passed').length;
  const failedTests = statuses.filter((status) => status === 'failed').length;
  const brokenFiles = files.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((result) => result.status === 'failed'),
  ).length;
  return { passed, failed: failedTests + brokenFiles, skipped: statuses.length - passed - failedTests };
}
