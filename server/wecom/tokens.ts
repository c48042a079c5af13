import type { Clock } from '../clock';
import type { Config } from '../config';
import type { Sealer } from '../crypto/seal';
import { AppError, WecomError } from '../errors';
import type { Ids } from '../ids';
import type { Store } from '../store/store';
import { deleteTokens, findToken, saveNewerToken } from '../store/tokens';
import type { CorpRef } from './client';
import { corpTokenKeys } from './corp-token-keys';
import { createCredentialCache } from './credential-cache';
import { createCredentialsApi, type IssuedCredential } from './credentials-api';
import type { WecomRequest } from './request';

/**
 * The credentials of WeCom's token chain (credentials.md). `withX` runs a call with one; when WeCom says the credential
 * is stale, that value is dropped and the call tried once more with a new one.
 */
export type TokenKeeper = {
  readonly withSuiteToken: <T>(call: (token: string) => Promise<T>) => Promise<T>;
  /** The login authorisation's suite (login.md, section 4); the app's own suite unless configured otherwise. */
  readonly withLoginSuiteToken: <T>(call: (token: string) => Promise<T>) => Promise<T>;
  readonly withProviderToken: <T>(call: (token: string) => Promise<T>) => Promise<T>;
  readonly withCorpToken: <T>(corp: CorpRef, call: (token: string) => Promise<T>) => Promise<T>;
  readonly jsTicket: (corp: CorpRef, scope: 'corp' | 'agent') => Promise<string>;
  /** Keeps a pushed suite_ticket; one that is older than the kept one changes nothing. `atMs`: WeCom's TimeStamp. */
  readonly saveSuiteTicket: (suiteId: string, ticket: string, atMs: number) => Promise<void>;
  /** Age of a suite's newest suite_ticket, the app's own unless named; null when none was ever pushed. */
  readonly suiteTicketAgeMs: (suiteId?: string) => Promise<number | null>;
  /** Deletes what was derived from a corp's permanent code, after the corp removed the app. */
  readonly forgetCorp: (corpId: string) => Promise<void>;
  /** Empties this process's memory of a corp's tokens, or (null) of all: another process may have changed the store. */
  readonly forgetCopies: (corpId: string | null) => void;
};

type KeeperDeps = {
  readonly config: Pick<Config, 'suite' | 'loginSuite' | 'provider'>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly sealer: Sealer;
  readonly store: Store;
  readonly request: WecomRequest;
};

/** WeCom's clock and ours may differ by this much; it is also how old a callback may be. */
const CLOCK_SKEW_MS = 300_000;
/** A ticket is pushed every 10 minutes and good for 30. */
const TICKET_TTL_MS = 30 * 60_000;

/** The suite_ticket we hold is not the one WeCom expects. */
const TICKET_STALE = 40085;

type Source = { readonly key: string; readonly issue: () => Promise<IssuedCredential> };

export function createTokenKeeper(deps: KeeperDeps): TokenKeeper {
  const { suite, provider } = deps.config;
  const api = createCredentialsApi(deps.request);
  const cache = createCredentialCache(deps);
  const keysOf = (corpId: string) => Object.values(corpTokenKeys(suite.id, corpId));

  async function withFresh<T>({ key, issue }: Source, call: (token: string) => Promise<T>): Promise<T> {
    const token = await cache.get(key, issue);
    try {
      return await call(token);
    } catch (error) {
      if (!(error instanceof WecomError) || error.retry !== 'new_token') throw error;
      await cache.drop(key, token);
      return call(await cache.get(key, issue));
    }
  }

  const suiteSource = ({ id, secret }: Config['suite']): Source => ({
    key: `suite:${id}`,
    issue: async () => api.getSuiteToken(id, secret, await openSuiteTicket(deps, id)).catch(asTicketFault),
  });
  const providerSource: Source = {
    key: `provider:${provider.corpId}`,
    issue: () => api.getProviderToken(provider.corpId, provider.secret),
  };
  const withSuiteToken: TokenKeeper['withSuiteToken'] = (call) => withFresh(suiteSource(suite), call);
  const corpSource = (corp: CorpRef): Source => ({
    key: corpTokenKeys(suite.id, corp.corpId).token,
    issue: () =>
      corp.kind === 'custom' ? api.getCustomCorpToken(corp) : withSuiteToken((token) => api.getCorpToken(token, corp)),
  });
  const withCorpToken: TokenKeeper['withCorpToken'] = (corp, call) => withFresh(corpSource(corp), call);

  return {
    withSuiteToken,
    withLoginSuiteToken: (call) => withFresh(suiteSource(deps.config.loginSuite), call),
    withCorpToken,
    withProviderToken: (call) => withFresh(providerSource, call),
    jsTicket: (corp, scope) =>
      cache.get(corpTokenKeys(suite.id, corp.corpId)[scope], () =>
        withCorpToken(corp, (token) => api.getJsTicket(corp.corpId, token, scope)),
      ),
    saveSuiteTicket: async (suiteId, ticket, atMs) => {
      const key = suiteTicketKey(suiteId);
      const valueSealed = deps.sealer.seal(ticket, key);
      const expiresAtMs = atMs + TICKET_TTL_MS;
      const believedToMs = deps.clock.now() + TICKET_TTL_MS + CLOCK_SKEW_MS;
      await saveNewerToken(deps.store.db, { key, valueSealed, expiresAtMs, believedToMs });
    },
    suiteTicketAgeMs: async (suiteId = suite.id) => {
      const row = await findToken(deps.store.db, suiteTicketKey(suiteId));
      return row ? deps.clock.now() - (row.expires_at_ms - TICKET_TTL_MS) : null;
    },
    forgetCorp: async (corpId) => {
      const keys = keysOf(corpId);
      await deleteTokens(deps.store.db, keys);
      cache.forget(keys);
    },
    forgetCopies: (corpId) => cache.forget(corpId === null ? null : keysOf(corpId)),
  };
}

function suiteTicketKey(suiteId: string): string {
  return `suite_ticket:${suiteId}`;
}

/** The suite_ticket pushed last. Throws `wecom.no_suite_ticket` when there is none that still counts. */
export async function openSuiteTicket(
  { clock, sealer, store }: Pick<KeeperDeps, 'clock' | 'sealer' | 'store'>,
  suiteId: string,
): Promise<string> {
  const key = suiteTicketKey(suiteId);
  const row = await findToken(store.db, key);
  if (!row?.value_sealed || row.expires_at_ms <= clock.now()) throw new AppError('wecom.no_suite_ticket');
  return sealer.open(row.value_sealed, key);
}

function asTicketFault(error: unknown): never {
  if (error instanceof WecomError && error.errcode === TICKET_STALE) {
    throw new AppError('wecom.no_suite_ticket', { cause: error });
  }
  throw error;
}
