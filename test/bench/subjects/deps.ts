import { buildDeps, type GivenDeps } from '../../../server/build-deps';
import { parseConfig } from '../../../server/config';
import type { Deps } from '../../../server/deps';

/** The server's own parts from this process's environment; no front end, and nothing but errors logged. */
export function benchDeps(given: GivenDeps = {}): Promise<Deps> {
  const config = parseConfig({ ...process.env, LOG_LEVEL: 'error' });
  return buildDeps(config, 'dist', { pages: null, ...given });
}
