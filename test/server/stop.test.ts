import { judgeVisit } from '../../server/licences/gate';
import { licenceWorkEnds } from '../../server/licences/process-memory';
import { listActivations } from '../../server/store/activations';
import { openStore } from '../../server/store/store';
import { createLog } from '../../server/log';
import { startServer, type RunningServer, type StartOptions } from '../../server/start-server';
import type { Deps } from '../../server/deps';
import { bindNext, freeCodes, NOW_MS, startLicenceRig, visitor, type LicenceRig } from '../support/licence-rig';
import { CORP } from '../support/licence-wecom';

const base = { capability: 'base' } as const;
const WARN = 40;

let rig: LicenceRig;
let deps: Deps;
let server: RunningServer;
let lines: { level: number; msg: string }[];
afterEach(async () => {
  await server.stop();
  await rig.stop();
});

async function start(options: StartOptions = {}, env: Record<string, string> = {}): Promise<void> {
  rig = await startLicenceRig(freeCodes(2), env);
  await rig.deps.tokens.saveSuiteTicket(rig.deps.config.suite.id, 'tkt', NOW_MS);
  lines = [];
  const log = createLog('info', { write: (line: string) => void lines.push(JSON.parse(line)) });
  deps = { ...rig.deps, config: { ...rig.deps.config, port: 0 }, log };
  server = await startServer(deps, { host: '127.0.0.1', ...options });
}

/** What is on record once the store has been closed. */
async function attemptOnRecord(): Promise<unknown> {
  const store = await openStore(deps.config.databaseUrl);
  const [attempt] = await listActivations(store.db, CORP, 'alice');
  await store.close();
  return attempt;
}

const warnings = () => lines.filter(({ level }) => level >= WARN).map(({ msg }) => msg);

test('a stop lets an activation under way end, and its end is on record', async () => {
  await start();
  // WeCom takes the call, and shows the seat only later.
  rig.script.activate = () => ({});
  expect((await judgeVisit(deps, visitor('alice'), base)).verdict.reason).toBe('activating');
  const stopped = server.stop();
  bindNext(rig.script, 'alice');
  await stopped;
  expect(await attemptOnRecord()).toMatchObject({ state: 'done' });
  expect(warnings()).toEqual([]);
});

test('an activation that does not end in time is left as it is, and nothing waits for it any more', async () => {
  // WeCom would do it by itself, and does not: that is watched for a quarter of a minute.
  await start({ licenceWorkWithinMs: 100 }, { ACTIVATION: 'platform' });
  const visit = visitor('alice', { entry: 'workbench' });
  expect((await judgeVisit(deps, visit, base)).verdict.reason).toBe('activating');
  await server.stop();
  const asked = rig.asked('get_active_info_by_user');
  expect(await attemptOnRecord()).toMatchObject({ state: 'running', ended_at_ms: null });
  expect(warnings()).toEqual([expect.stringContaining('an activation did not end in time')]);
  // The attempt of this process is over: what it would have asked next is not asked.
  await licenceWorkEnds(deps);
  expect(rig.asked('get_active_info_by_user')).toBe(asked);
});
