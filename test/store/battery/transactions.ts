import { findToken, saveToken } from '../../../server/store/tokens';
import { insertSession } from '../../../server/store/sessions';
import { asStoreFault } from '../../../server/store/faults';
import { buildToken, buildSession } from './build-rows';
import type { Store } from '../../../server/store/store';
import type { AppError } from '../../../server/errors';
import type { Place } from './engine';

/** A row was refused because another with the same key is there: in the words of either engine. */
function isUniqueConflict(error: unknown): boolean {
  const code = String((error as { code?: unknown }).code);
  return code === '23505' || /^SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY)$/.test(code);
}

export function describeTransactions({ other, store }: Place): void {
  describe('conflicts and transactions', () => {
    test('a second row with one key is a unique conflict, and not the store being away', async () => {
      const row = buildSession();
      await insertSession(store().db, row);
      const refused: unknown = await insertSession(store().db, row).catch((error: unknown) => error);
      expect(isUniqueConflict(refused)).toBe(true);
      expect(asStoreFault(refused)).toBeNull();
      expect(isUniqueConflict(new Error('other'))).toBe(false);
    });

    test('a unique index refuses a second request of a member for one reason', async () => {
      const request = {
        corp_id: 'c',
        user_id: 'u',
        reason: 'seats_used_up',
        asked_at_ms: 1,
        admins_asked: 0,
        settled_at_ms: null,
      };
      await store()
        .db.insertInto('requests')
        .values({ id: 'one', ...request })
        .execute();
      const refused: unknown = await store()
        .db.insertInto('requests')
        .values({ id: 'two', ...request })
        .execute()
        .catch((error: unknown) => error);
      expect(isUniqueConflict(refused)).toBe(true);
    });

    test('a transaction that throws leaves nothing; one that resolves leaves all of it', async () => {
      const write = (fails: boolean) =>
        store().transaction(async (trx) => {
          await saveToken(trx, buildToken('a'));
          await saveToken(trx, buildToken('b'));
          if (fails) throw new Error('changed my mind');
        });
      await expect(write(true)).rejects.toThrow('changed my mind');
      expect(await findToken(store().db, 'a')).toBeNull();
      await write(false);
      expect(await findToken(store().db, 'b')).not.toBeNull();
    });

    test('a failed statement inside a transaction undoes what came before it', async () => {
      const row = buildSession();
      await insertSession(store().db, row);
      const twice = store().transaction(async (trx) => {
        await saveToken(trx, buildToken('before'));
        await insertSession(trx, row);
      });
      await expect(twice).rejects.toThrow();
      expect(await findToken(store().db, 'before')).toBeNull();
    });

    test('nobody sees what a transaction has not committed', async () => {
      const reader = await other();
      await store().transaction(async (trx) => {
        await saveToken(trx, buildToken('hidden'));
        expect(await findToken(reader.db, 'hidden')).toBeNull();
      });
      expect(await findToken(reader.db, 'hidden')).not.toBeNull();
      await reader.close();
    });

    test('fifty transactions that read and write one row at once lose no update', async () => {
      await saveToken(store().db, buildToken('counter', 'x', 0));
      const second = await other();
      const increment = (on: Store) =>
        on.transaction(async (trx) => {
          const query = trx.selectFrom('tokens').select('expires_at_ms').where('key', '=', 'counter');
          const row = await (on.engine === 'postgres' ? query.forUpdate() : query).executeTakeFirstOrThrow();
          await saveToken(trx, buildToken('counter', 'x', row.expires_at_ms + 1));
        });
      await Promise.all(Array.from({ length: 50 }, (_, index) => increment(index % 2 ? store() : second)));
      expect((await findToken(store().db, 'counter'))?.expires_at_ms).toBe(50);
      await second.close();
    });

    test('a query that waits for its own transaction fails in time, and the store goes on', async () => {
      const impatient = await other({ waitMs: 200 });
      const wrong = impatient.transaction(async (trx) => {
        await saveToken(trx, buildToken('wrong'));
        await findToken(impatient.db, 'wrong');
        throw new Error('undone');
      });
      const error: unknown = await wrong.catch((caught: unknown) => caught);
      if (impatient.engine === 'embedded') expect((error as AppError).code).toBe('store.unavailable');
      expect(await findToken(impatient.db, 'wrong')).toBeNull();
      await impatient.close();
    });
  });
}
