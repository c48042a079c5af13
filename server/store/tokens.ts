import type { Kysely } from 'kysely';
import type { Database, TokensTable } from './schema';

type Db = Kysely<Database>;
type SealedToken = { readonly key: string; readonly valueSealed: string; readonly expiresAtMs: number };
type Lease = { readonly key: string; readonly owner: string };

/** A credential's row, whether it still lives or not; null when it was never kept. */
export async function findToken(db: Db, key: string): Promise<TokensTable | null> {
  const row = await db.selectFrom('tokens').selectAll().where('key', '=', key).executeTakeFirst();
  return row ?? null;
}

/** Keeps a credential in place of the one before; the lease stays as it is. */
export async function saveToken(db: Db, { expiresAtMs, key, valueSealed }: SealedToken): Promise<void> {
  const value = { value_sealed: valueSealed, expires_at_ms: expiresAtMs };
  await db
    .insertInto('tokens')
    .values({ key, ...value, lease_owner: null, lease_until_ms: 0 })
    .onConflict((conflict) => conflict.column('key').doUpdateSet(value))
    .execute();
}

/**
 * Keeps a pushed credential unless one that lives longer is kept already; true when it was kept. One that claims to live
 * beyond `believedToMs` was kept by a clock that has been set back since, and gives way.
 */
export async function saveNewerToken(
  db: Db,
  { believedToMs, expiresAtMs, key, valueSealed }: SealedToken & { readonly believedToMs: number },
): Promise<boolean> {
  const value = { value_sealed: valueSealed, expires_at_ms: expiresAtMs };
  const result = await db
    .insertInto('tokens')
    .values({ key, ...value, lease_owner: null, lease_until_ms: 0 })
    .onConflict((conflict) =>
      conflict
        .column('key')
        .doUpdateSet(value)
        .where((kept) =>
          kept.or([kept('tokens.expires_at_ms', '<=', expiresAtMs), kept('tokens.expires_at_ms', '>', believedToMs)]),
        ),
    )
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

/** Forgets exactly this value; one that was renewed meanwhile stays. */
export async function dropToken(db: Db, key: string, valueSealed: string): Promise<void> {
  await db
    .updateTable('tokens')
    .set({ value_sealed: null, expires_at_ms: 0 })
    .where('key', '=', key)
    .where('value_sealed', '=', valueSealed)
    .execute();
}

export async function deleteTokens(db: Db, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await db
    .deleteFrom('tokens')
    .where('key', 'in', [...keys])
    .execute();
}

/**
 * Takes the right to renew a credential until `untilMs`: true for one owner at a time, over all instances. A lease whose
 * time is over belongs to a process that died, and may be taken.
 */
export async function leaseToken(
  db: Db,
  { key, nowMs, owner, untilMs }: Lease & { readonly nowMs: number; readonly untilMs: number },
): Promise<boolean> {
  const lease = { lease_owner: owner, lease_until_ms: untilMs };
  const result = await db
    .insertInto('tokens')
    .values({ key, value_sealed: null, expires_at_ms: 0, ...lease })
    .onConflict((conflict) => conflict.column('key').doUpdateSet(lease).where('tokens.lease_until_ms', '<=', nowMs))
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

/** Gives the lease back early; somebody else's lease stays. */
export async function releaseToken(db: Db, { key, owner }: Lease): Promise<void> {
  await db
    .updateTable('tokens')
    .set({ lease_owner: null, lease_until_ms: 0 })
    .where('key', '=', key)
    .where('lease_owner', '=', owner)
    .execute();
}
