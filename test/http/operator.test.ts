import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createSealer } from '../../server/crypto/seal';
import { runOperator } from '../../server/ops/run-operator';
import { findCorp } from '../../server/store/corps';
import { ensureMember } from '../../server/store/members';
import { saveSeats } from '../../server/store/seats';
import { serverEnvFor, THIRD_PARTY_SUITE } from '../../sandbox/credentials';
import { testEnv } from '../support/app';
import { startProgram } from '../support/program';
import { waitFor } from '../support/wait-for';
import { startWorld, type SandboxCorp, type World } from '../support/world';

const [oldKey, newKey] = [randomBytes(32), randomBytes(32)];
const both = [newKey, oldKey].map((key) => key.toString('base64')).join(',');

let world: World;
let corp: SandboxCorp;
let env: Record<string, string | undefined>;

beforeAll(async () => {
  world = await startWorld({ env: { DATA_KEY: both } });
  corp = await world.corp();
  env = testEnv({
    ...serverEnvFor(THIRD_PARTY_SUITE.suiteId, { sandboxOrigin: world.sandbox.origin }),
    DATA_KEY: both,
    PUBLIC_URL: world.origin,
    DATABASE_URL: world.deps.config.databaseUrl,
  });
});
afterAll(() => world.close());

const operator = (...args: string[]) => operatorWith(env, args);

async function operatorWith(withEnv: typeof env, args: string[]) {
  let [out, err] = ['', ''];
  const code = await runOperator(args, withEnv, { write: (said) => (out += said) }, { write: (said) => (err += said) });
  return { code, out, err };
}

async function told<T>(...args: string[]): Promise<T> {
  const { code, err, out } = await operator(...args, '--json');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return JSON.parse(out) as T;
}

const userOf = (nth: number) => corp.members[nth]?.userId ?? '';

test('it lists corps, and shows one with what is on record, without its permanent code', async () => {
  expect(await told('corps')).toMatchObject([{ corp_id: corp.corpId, status: 'installed' }]);
  const { out } = await operator('corp', corp.corpId, '--json');
  expect(JSON.parse(out)).toMatchObject({ corp: { corp_id: corp.corpId }, orders: [], codes: [] });
  expect(out).not.toContain('sealed');
  expect((await operator('corp', corp.corpId)).out).toContain('installed');
});

test('it shows a corp’s seats with holder, type, end and code, the next to end first, and says how many more', async () => {
  const { db } = world.deps.store;
  const at = world.deps.clock.now();
  const seat = {
    corp_id: corp.corpId,
    type: 1,
    active_at_ms: at,
    moved_at_ms: null,
    source: 'api',
    seen_at_ms: at,
  } as const;
  const name = (n: number) => `holder-${String(n).padStart(3, '0')}`;
  await saveSeats(
    db,
    Array.from({ length: 103 }, (_, n) => ({
      ...seat,
      user_id: name(n),
      active_code: `code-${n}`,
      expires_at_ms: at + (n + 1) * 86_400_000,
    })),
  );
  const { out } = await operator('corp', corp.corpId);
  expect(out).toMatch(/holder-000 +1 +\d{4}-\d\d-\d\dT[\d:]+Z +code-0\n/);
  expect(out).toContain('and 3 more that end later');
  expect(out).not.toContain(name(100));
  const shown = await told<{ seats: object[]; moreSeats: number }>('corp', corp.corpId);
  expect([shown.seats.length, shown.moreSeats]).toEqual([100, 3]);
  await db.deleteFrom('seats').execute();
});

test('the history of a corp tells what changed and why, from where one asks', async () => {
  await told('explain', corp.corpId, userOf(0), '--ask');
  const all = await told<{ seq: number; kind: string; cause: string }[]>('history', corp.corpId);
  expect(all.length).toBeGreaterThan(0);
  expect(all[0]).toMatchObject({ seq: 1, subject: 'licence' });
  expect(await told('history', corp.corpId, '--after', String(all.length))).toEqual([]);
  expect((await operator('history', corp.corpId, '--after', 'x')).code).toBe(2);
});

test('what does not exist and what is asked wrongly ends with 2 and one line', async () => {
  expect(await operator('corp', 'wpNobody')).toEqual({ code: 2, out: '', err: 'no corp wpNobody is on record\n' });
  expect((await operator('corp')).err).toBe('usage: corp <corpId>\n');
  expect((await operator('explain', corp.corpId, 'x', '--entry', 'moon')).err).toMatch(/^--entry is one of /);
  expect((await operator('corps', '--nonsense')).code).toBe(2);
  expect((await operator('fly')).err).toMatch(/^no command fly/);
  const help = await operator('help');
  expect(help).toMatchObject({ code: 0, out: expect.stringContaining('rotate-data-key') });
  for (const asked of [[], ['--help'], ['corp', '-h']]) expect(await operator(...asked)).toEqual(help);
});

test('a mistyped corp or kind is said so by every command that takes one', async () => {
  const known = { corp: `no corp wpTypo is on record\n`, kind: /^no kind typo; there are sweep/ };
  for (const args of [
    ['history', 'wpTypo'],
    ['callbacks', '--corp', 'wpTypo'],
    ['jobs', '--corp', 'wpTypo'],
    ['run', 'reconcile-corp', 'corpId=wpTypo'],
  ])
    expect(await operator(...args)).toEqual({ code: 2, out: '', err: known.corp });
  expect(await operator('jobs', '--kind', 'typo')).toMatchObject({
    code: 2,
    out: '',
    err: expect.stringMatching(known.kind),
  });
  expect(await told('callbacks', '--corp', corp.corpId)).toEqual([]);
  expect(await told('jobs', '--corp', corp.corpId, '--kind', 'reconcile-corp')).toEqual([]);
});

test('explaining somebody nobody knows says so, and leaves nothing on record; a member who came stays', async () => {
  const { db } = world.deps.store;
  const members = async () => (await db.selectFrom('members').select('user_id').execute()).map((row) => row.user_id);
  const before = await members();
  for (const ask of [[], ['--ask']]) {
    const { code, out } = await operator('explain', corp.corpId, 'typo-user', ...ask);
    expect(out).toContain('nobody of the id typo-user is on record');
    expect(out).not.toMatch(/\d{6} s old/);
    expect(code).toBe(0);
  }
  expect(await members()).toEqual(before);
  await ensureMember(db, corp.corpId, userOf(1), world.deps.clock.now());
  expect((await operator('explain', corp.corpId, userOf(1), '--ask')).out).not.toContain('is on record');
  expect(await members()).toContain(userOf(1));
});

test('an embedded store that is not there is one sentence, and is not made; one without tables too', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'gate-operator-'));
  const place = path.join(folder, 'data-typo');
  const ask = (...args: string[]) => operatorWith({ ...env, DATABASE_URL: place }, args);
  expect(await ask('corps')).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/^no store there: .*\n$/) });
  expect((await ask('doctor', '--lang', 'en')).out).toContain('no store there');
  expect(existsSync(place)).toBe(false);
  await mkdir(place);
  await writeFile(path.join(place, 'gate.db'), '');
  expect(await ask('corps')).toMatchObject({ code: 2, err: expect.stringContaining('is DATABASE_URL right?') });
  await rm(folder, { recursive: true, force: true });
});

test('a verdict is explained rule by rule, and explaining it activates nobody', async () => {
  type Explained = { verdict: { reason: string; trace: { rule: string; matched: boolean }[] } };
  const { verdict } = await told<Explained>('explain', corp.corpId, userOf(0), '--ask');
  expect(verdict.reason).toBe('trial');
  expect(verdict.trace.find(({ matched }) => matched)?.rule).toBe('trial');
  expect((await operator('explain', corp.corpId, userOf(0))).out).toMatch(/^allow {2}trial/m);
  const attempts = await world.deps.store.db.selectFrom('activations').selectAll().execute();
  expect(attempts).toEqual([]);
});

test('a callback that was handled, or given up, is handled again by the running server', async () => {
  const [done] = await told<{ event_key: string; type: string }[]>('callbacks', '--state', 'done');
  if (!done) throw new Error('no callback was handled');
  const { db } = world.deps.store;
  await db
    .updateTable('inbox')
    .set({ state: 'dead', message: 'spoilt' })
    .where('event_key', '=', done.event_key)
    .execute();
  expect(await told('callbacks')).toMatchObject([{ event_key: done.event_key, message: 'spoilt' }]);
  await told('replay', done.event_key);
  await waitFor('the server to handle it', async () => {
    const row = await db.selectFrom('inbox').selectAll().where('event_key', '=', done.event_key).executeTakeFirst();
    return row?.state === 'done' && row.attempts === 1;
  });
  expect((await operator('replay', 'nothing')).code).toBe(2);
});

test('a callback whose words went with its corp can neither be replayed nor stop a rotation of DATA_KEY', async () => {
  const [done] = await told<{ event_key: string }[]>('callbacks', '--state', 'done');
  const { db } = world.deps.store;
  const body = (sealed: string) =>
    db
      .updateTable('inbox')
      .set({ body_sealed: sealed })
      .where('event_key', '=', done?.event_key ?? '');
  const kept = await db
    .selectFrom('inbox')
    .selectAll()
    .where('event_key', '=', done?.event_key ?? '')
    .execute();
  await body('').execute();
  expect(await operator('replay', done?.event_key ?? '')).toMatchObject({
    code: 2,
    err: expect.stringContaining('deleted'),
  });
  expect(await told('rotate-data-key', '--dry-run')).toMatchObject({ 'inbox.body_sealed': 0 });
  await body(kept[0]?.body_sealed ?? '').execute();
});

test('a job is run now by the running server, and one that lacks what it needs is refused', async () => {
  const { key } = await told<{ key: string }>('run', 'sweep');
  await waitFor('the job to be done', async () =>
    (await told<{ key: string }[]>('jobs', '--state', 'done', '--kind', 'sweep')).some((one) => one.key === key),
  );
  expect(await operator('run', 'reconcile-corp')).toMatchObject({ code: 2, err: expect.stringContaining('corpId') });
  const asked = ['run', 'reconcile-corp', `corpId=${corp.corpId}`];
  expect((await operator(...asked, 'trusting=yes')).err).toBe('reconcile-corp does not take trusting=yes\n');
  expect((await operator(...asked, 'full=true')).err).toBe('reconcile-corp does not take full=true\n');
  expect((await operator('run', 'nothing')).err).toContain('there are sweep');
});

describe('rotation of DATA_KEY', () => {
  const { open, prefix } = createSealer([newKey]);
  const old = createSealer([oldKey]);
  const sealedCode = async () => (await findCorp(world.deps.store.db, corp.corpId))?.permanent_code_sealed ?? '';
  const keep = (sealed: string) =>
    world.deps.store.db
      .updateTable('corps')
      .set({ permanent_code_sealed: sealed })
      .where('corp_id', '=', corp.corpId)
      .execute();

  test('everything is sealed with the first key, opens as before, and a second run finds nothing', async () => {
    const code = open(await sealedCode(), corp.corpId);
    await keep(old.seal(code, corp.corpId));
    expect(await told('rotate-data-key', '--dry-run')).toMatchObject({ 'corps.permanent_code_sealed': 1 });
    expect((await sealedCode()).startsWith(prefix)).toBe(false);
    expect(await told('rotate-data-key')).toMatchObject({ 'corps.permanent_code_sealed': 1 });
    expect((await sealedCode()).startsWith(prefix)).toBe(true);
    expect(open(await sealedCode(), corp.corpId)).toBe(code);
    expect(await told('rotate-data-key')).toMatchObject({ 'corps.permanent_code_sealed': 0 });
  });

  test('a value that opens with none of the keys is refused before anything is changed', async () => {
    const before = await sealedCode();
    const { db } = world.deps.store;
    const [row] = await told<{ event_key: string }[]>('callbacks', '--state', 'done');
    if (!row) throw new Error('no callback');
    const sealed = await db
      .selectFrom('inbox')
      .selectAll()
      .where('event_key', '=', row.event_key)
      .executeTakeFirstOrThrow();
    await keep(old.seal(open(before, corp.corpId), corp.corpId));
    const lost = createSealer([randomBytes(32)]).seal('x', row.event_key);
    await db.updateTable('inbox').set({ body_sealed: lost }).where('event_key', '=', row.event_key).execute();
    const refused = await operator('rotate-data-key');
    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining(row.event_key) });
    expect((await sealedCode()).startsWith(prefix)).toBe(false);
    await db
      .updateTable('inbox')
      .set({ body_sealed: sealed.body_sealed })
      .where('event_key', '=', row.event_key)
      .execute();
    expect(await told('rotate-data-key')).toMatchObject({ 'corps.permanent_code_sealed': 1 });
  });
});

test('it is a program: exit codes, output and errors where scripts expect them', async () => {
  const listed = startProgram('server/operator.ts', env, ['corps', '--json']);
  expect(await listed.ended).toBe(0);
  expect(JSON.parse(listed.output())).toMatchObject([{ corp_id: corp.corpId }]);
  const refused = startProgram('server/operator.ts', {}, ['corps']);
  expect(await refused.ended).toBe(2);
  expect(refused.output()).toBe('');
  expect(refused.said()).toContain('Configuration cannot be used:');
});
