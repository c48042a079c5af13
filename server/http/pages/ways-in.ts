import type { GateState } from '../../../src/gate/gate-state';
import type { Config } from '../../config';
import { wayHref } from '../login/login-way';
import type { Client } from '../user-agent';

/** A custom-app template's id starts so (代开发); its corps log in with their own ids, not with the suite's. */
export function isCustomAppServer(config: Pick<Config, 'suite'>): boolean {
  return config.suite.id.startsWith('dk');
}

/**
 * Ways in for a visitor outside WeCom: scan on a desktop, visit without an account in WeChat. A custom app needs its corp
 * in the address (`corpId`); without it nothing but the workbench knows the way.
 */
export function findWaysIn(
  config: Pick<Config, 'suite'>,
  client: Client,
  returnTo: string,
  corpId: string | null,
): NonNullable<GateState['waysIn']> {
  const workbenchOnly = isCustomAppServer(config) && corpId === null;
  if (workbenchOnly) return { scanHref: null, visitHref: null, workbenchOnly };
  return {
    scanHref: client.desktop ? wayHref({ purpose: 'web', corpId, returnTo }) : null,
    visitHref: client.kind === 'wechat' ? wayHref({ purpose: 'oauth', corpId, returnTo }) : null,
    workbenchOnly,
  };
}
