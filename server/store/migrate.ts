import { Migrator, type Kysely, type Migration } from 'kysely';
import * as firstTables from './migrations/0001-first-tables';
import * as ledger from './migrations/0002-ledger';
import * as jobs from './migrations/0003-jobs';
import * as reminders from './migrations/0004-reminders';
import * as rateLimits from './migrations/0005-rate-limits';
import * as inboxOrder from './migrations/0006-inbox-order';
import * as sharedCodes from './migrations/0007-shared-codes';
import * as instances from './migrations/0008-instances';
import * as wecomHolds from './migrations/0009-wecom-holds';
import * as multiCorpParts from './migrations/0010-multi-corp-parts';
import * as attemptsAndFollowUps from './migrations/0011-attempts-and-follow-ups';
import * as inboxWords from './migrations/0012-inbox-words';
import * as heardAnswers from './migrations/0013-heard-answers';
import * as inboxTurn from './migrations/0014-inbox-turn';
import type { Database } from './schema';

/** Every migration, by name in order. Written once, never changed after a release. */
const MIGRATIONS: Record<string, Migration> = {
  '0001-first-tables': firstTables,
  '0002-ledger': ledger,
  '0003-jobs': jobs,
  '0004-reminders': reminders,
  '0005-rate-limits': rateLimits,
  '0006-inbox-order': inboxOrder,
  '0007-shared-codes': sharedCodes,
  '0008-instances': instances,
  '0009-wecom-holds': wecomHolds,
  '0010-multi-corp-parts': multiCorpParts,
  '0011-attempts-and-follow-ups': attemptsAndFollowUps,
  '0012-inbox-words': inboxWords,
  '0013-heard-answers': heardAnswers,
  '0014-inbox-turn': inboxTurn,
};

/** Brings the schema up to date under the migrator's lock. Throws when it cannot, or when the store is newer than us. */
export async function migrate(db: Kysely<Database>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}

/** Names of applied and missing migrations, for readiness. */
export async function findPendingMigrations(db: Kysely<Database>): Promise<string[]> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } });
  const migrations = await migrator.getMigrations();
  return migrations.filter(({ executedAt }) => executedAt === undefined).map(({ name }) => name);
}
