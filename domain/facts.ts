import type { Reason } from './reasons';

/** What the visitor wants to use: basic identity and messages, or customer contact (needs 互通账号). */
export type Capability = 'base' | 'external_contact';
export const CAPABILITIES = ['base', 'external_contact'] as const satisfies readonly Capability[];

/** The two kinds of licence account; an external_contact account includes everything a base account gives. */
export type AccountType = 'base' | 'external_contact';

/** Where the visitor came from. A hint carried in the URL, never a permission. */
export const ENTRIES = ['workbench', 'card', 'share', 'qr', 'web', 'admin', 'unknown'] as const;
export type Entry = (typeof ENTRIES)[number];

/** Where a fact was learnt: asked from WeCom, told by a callback, or assumed because nobody said otherwise. */
export type FactSource = 'api' | 'callback' | 'default';

/** A value with its provenance, so that a verdict can be explained. */
export type Fact<T> = { readonly value: T; readonly source: FactSource; readonly atMs: number };

/** WeCom's answer about one app in one corp (get_app_license_info, page 95844/97194). */
export type AppLicence = {
  /** `license_status` = 1. Off for corps that WeCom does not check yet. */
  readonly checking: boolean;
  readonly trial: { readonly startsAtMs: number; readonly endsAtMs: number } | null;
  /** `license_check_time`: the moment from which unlicensed members are stopped. */
  readonly checkFromMs: number | null;
};

/** What a corp holds of one account type. Counts are accounts, not members. */
export type AccountPool = {
  /** Unbound, activation deadline still ahead. */
  readonly free: number;
  /** Latest activation deadline among the free ones: after it none is free. null when none is free. */
  readonly freeUntilMs: number | null;
  /** Latest activation deadline that has passed with an account still unbound; null when none lapsed. */
  readonly lapsedAtMs: number | null;
  /** All accounts bought and still standing (refunded and merged ones excluded). */
  readonly total: number;
  /** A paid order whose codes WeCom is still making. */
  readonly generating: boolean;
  /** When a leaver's account becomes free, if that is already known. */
  readonly freesAtMs: number | null;
};

export type Accounts = Readonly<Record<AccountType, AccountPool>>;

/** A member's account once bound. `movedAtMs` is set when an administrator handed it to somebody else. */
export type Seat = {
  readonly type: AccountType;
  readonly expiresAtMs: number;
  readonly movedAtMs: number | null;
};

/** One try to bind a free account to the member. `message` is WeCom's reason for a failure, in plain words. */
export type ActivationAttempt = {
  readonly state: 'running' | 'failed';
  readonly startedAtMs: number;
  readonly message: string | null;
};

/** How the provider runs the gate. */
export type Policy = {
  /** WARNING_DAYS: length of the notice window, in local midnights. */
  readonly warningDays: number;
  /** ACTIVATION=server: the server may bind an account when the entry does not make WeCom do it. */
  readonly serverActivates: boolean;
  /** How old facts may be before WeCom has to be asked again. */
  readonly freshForMs: number;
  /** STALE_GRACE_HOURS: how long an allowing verdict outlives WeCom's silence. */
  readonly graceMs: number;
  readonly utcOffsetMinutes: number;
};

/** Everything a verdict rests on. Gathered by the server, judged by `decideVerdict`. */
export type Facts = {
  readonly visitor: 'member' | 'outsider' | 'nobody';
  readonly administers: boolean;
  readonly entry: Entry;
  /** The login carried `agentid`, which makes WeCom activate whatever the entry (page 96441). */
  readonly loginNamedAgent: boolean;
  readonly capability: Capability;
  readonly installed: Fact<boolean>;
  /** null: nobody has said. Only a known "outside" refuses. */
  readonly inRange: Fact<boolean | null>;
  readonly appLicence: Fact<AppLicence>;
  readonly autoActivation: Fact<boolean>;
  readonly everPaid: Fact<boolean>;
  readonly accounts: Fact<Accounts>;
  readonly seats: Fact<readonly Seat[]>;
  readonly activation: ActivationAttempt | null;
  /** Whether WeCom and the store answered when these facts were last due. */
  readonly reachable: boolean;
  /** When the oldest fact this verdict needs was last confirmed; null when never. */
  readonly confirmedAtMs: number | null;
  /** The last verdict that let this member in, for the grace time. */
  readonly lastAllowed: { readonly atMs: number; readonly reason: Reason } | null;
  readonly policy: Policy;
};
