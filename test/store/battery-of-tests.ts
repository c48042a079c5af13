import { describeOpening } from './battery/opening';
import { describeValues } from './battery/values';
import { describeTransactions } from './battery/transactions';
import { describeTokens } from './battery/tokens';
import { describeSessions } from './battery/sessions';
import { describeInbox } from './battery/inbox';
import { describeJobs } from './battery/jobs';
import { describeReminders } from './battery/reminders';
import { describeGroupCommit } from './battery/group-commit';
import { describeInstances } from './battery/instances';
import { describeStrays } from './battery/strays';
import { describeWecomHolds } from './battery/wecom-holds';
import type { Engine, Place } from './battery/engine';
import type { Store } from '../../server/store/store';

/** What both engines promise, in the same words. */
export function batteryOfTests(name: string, getEngine: () => Engine): void {
  describe(name, () => {
    let address: string;
    let store: Store;
    beforeAll(async () => {
      address = await getEngine().makePlace();
      store = await getEngine().open(address);
    });
    afterAll(() => store.close());
    beforeEach(async () => {
      for (const table of ['tokens', 'inbox', 'jobs', 'sessions', 'requests', 'instances', 'wecom_holds'] as const) {
        await store.db.deleteFrom(table).execute();
      }
    });
    const place: Place = {
      store: () => store,
      other: (options) => getEngine().open(address, options),
      engine: getEngine,
    };
    describeOpening(place);
    describeValues(place);
    describeTransactions(place);
    describeTokens(place);
    describeSessions(place);
    describeInbox(place);
    describeJobs(place);
    describeReminders(place);
    describeGroupCommit(place);
    describeInstances(place);
    describeStrays(place);
    describeWecomHolds(place);
  });
}
