import type { Logger } from 'pino';
import type { Clock } from './clock';
import type { Config } from './config';
import type { EventBus } from './events';
import type { Ids } from './ids';
import type { Lifecycle } from './lifecycle';
import type { LiveInstances } from './live-instances';
import type { Metrics } from './metrics';
import type { GatePages } from './http/pages/gate-pages';
import type { SessionCache } from './http/session-cache';
import type { Assets } from './http/static-files';
import type { Store } from './store/store';
import type { SharedHolds } from './wecom/shared-holds';
import type { TokenKeeper } from './wecom/tokens';
import type { Wecom } from './wecom/client';
import type { Sealer } from './crypto/seal';

/** Everything that touches the world, handed in. A test builds its own; nothing below reaches around it. */
export type Deps = {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Logger;
  readonly ids: Ids;
  readonly metrics: Metrics;
  readonly store: Store;
  readonly sealer: Sealer;
  /** Hashes of session tokens, and the sessions read a moment ago. */
  readonly sessions: SessionCache;
  readonly tokens: TokenKeeper;
  readonly wecom: Wecom;
  /** News between modules and instances: what a callback or an activation changed. */
  readonly events: EventBus;
  readonly lifecycle: Lifecycle;
  /** How many processes share the store, and with it WeCom's limits. */
  readonly instances: LiveInstances;
  /** What WeCom has blocked, for all of them. */
  readonly holds: SharedHolds;
  /** The built front end; null when none is built, and then pages answer 503 with what to do. */
  readonly pages: GatePages | null;
  /** Its files; empty when none is built. */
  readonly assets: Assets;
};
