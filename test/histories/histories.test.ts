import { describeFailure, runSeed } from './run-history';
import { openStage, type Stage } from './stage';
import { makeHistory } from './steps';

/** A lane's worth; `npm run test:histories -- --count 10000` plays many more. */
const HISTORIES = 30;
const FIRST_SEED = 1;

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

test('after any history, however many events were lost, repeated or late, the ledger is WeCom’s truth', async () => {
  const failures: string[] = [];
  for (let seed = FIRST_SEED; seed < FIRST_SEED + HISTORIES; seed += 1) {
    const failure = await runSeed(stage, seed);
    if (failure !== null) failures.push(describeFailure(failure));
  }
  expect(failures).toEqual([]);
}, 240_000);

test('a seed makes the same history every time', () => {
  expect(makeHistory(7)).toEqual(makeHistory(7));
  expect(makeHistory(7)).not.toEqual(makeHistory(8));
});
