import { describeFailure, runSeed } from './run-history';
import { startPostgres } from '../support/postgres';
import { openStage, type Stage } from './stage';
import { makeHistory } from './steps';

/** A lane's worth; `npm run test:histories -- --count 10000` plays many more. */
const HISTORIES = 30;
const ON_POSTGRES = 10;
const FIRST_SEED = 1;

async function expectTruth(stage: Stage, seeds: number, from: number): Promise<void> {
  const failures: string[] = [];
  for (let seed = from; seed < from + seeds; seed += 1) {
    const failure = await runSeed(stage, seed);
    if (failure !== null) failures.push(describeFailure(failure));
  }
  expect(failures).toEqual([]);
}

test('after any history, however many events were lost, repeated or late, the ledger is WeCom’s truth', async () => {
  const stage = await openStage();
  await expectTruth(stage, HISTORIES, FIRST_SEED);
  await stage.close();
}, 240_000);

test('and so it is on PostgreSQL', async () => {
  const postgres = await startPostgres();
  const stage = await openStage(await postgres.createDatabase());
  await expectTruth(stage, ON_POSTGRES, FIRST_SEED + HISTORIES);
  await stage.close();
  await postgres.stop();
}, 240_000);

test('a seed makes the same history every time', () => {
  expect(makeHistory(7)).toEqual(makeHistory(7));
  expect(makeHistory(7)).not.toEqual(makeHistory(8));
});
