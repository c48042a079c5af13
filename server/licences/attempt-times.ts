import { ACTIVATION_TIMEOUT_MS } from '../../domain/activation';

/** When an attempt may be made again, counted from the start of the last one: it hangs, or it failed. */
export const RETRY_AFTER_MS = { hung: ACTIVATION_TIMEOUT_MS, failed: 30_000 } as const;

/** Pauses before each look at WeCom while it activates by itself and we only watch. */
export const WATCH_PAUSES_MS: readonly number[] = [500, 1000, 2000];

/** Pauses when nobody but WeCom activates: the whole time of an attempt. */
export const PLATFORM_PAUSES_MS: readonly number[] = [500, 1000, 2000, 3000, 4000, 4400];

/** Pauses before each reading back after our own call: it usually shows at once. */
export const READ_BACK_PAUSES_MS: readonly number[] = [0, 300, 700, 1500, 3000, 4000, 5000];
