import { WireError } from '../http/wire-error';
import { findCorp, findSuite, getSuite } from '../state/find';
import type { Corp, Install, Suite } from '../state/types';
import type { World } from '../world';
import { requireAllowedUrl, requireState } from './rules';

const SCOPES = ['snsapi_base', 'snsapi_privateinfo', 'snsapi_userinfo'];

/** An OAuth or web-login URL that passed WeCom's checks. */
export type LoginRequest = {
  readonly suite: Suite;
  /** The corp the URL named as appid; null for the suite form. */
  readonly forCorp: Corp | null;
  readonly agentId: number | null;
  readonly redirect: URL;
  readonly state: string;
  readonly privateInfo: boolean;
};

/** Checks `/connect/oauth2/authorize` (login.md sections 1 and 2). Throws the errcode that WeCom's page would show. */
export function requireAuthorizeRequest(world: World, query: URLSearchParams): LoginRequest {
  const scope = query.get('scope') ?? '';
  if (query.get('response_type') !== 'code') throw new WireError(40058, 'response_type must be code');
  if (!SCOPES.includes(scope)) throw new WireError(40058, `scope must be one of ${SCOPES.join(', ')}`);
  return finishRequest(requireApp(world, query), query, scope === 'snsapi_privateinfo');
}

/** Checks `/wwlogin/sso/login` (login.md section 4). */
export function requireWebLoginRequest(world: World, query: URLSearchParams): LoginRequest {
  const type = query.get('login_type') ?? '';
  const app = requireApp(world, query);
  if (type === 'ServiceApp' && app.forCorp === null) return finishRequest(app, query, false);
  if (type === 'CorpApp' && app.forCorp !== null && app.agentId !== null) return finishRequest(app, query, false);
  throw new WireError(40058, 'login_type must be ServiceApp with a suite id, or CorpApp with corpid and agentid');
}

type App = Pick<LoginRequest, 'suite' | 'forCorp' | 'agentId'>;

function requireApp(world: World, query: URLSearchParams): App {
  const appid = query.get('appid') ?? '';
  const agentId = query.get('agentid') ? Number(query.get('agentid')) : null;
  const suite = findSuite(world, appid);
  if (suite?.kind === 'third_party') return { suite, forCorp: null, agentId };
  const corp = findCorp(world, appid);
  if (!corp) throw new WireError(40013, 'invalid appid');
  const install = requireInstall(world, corp, agentId);
  return { suite: getSuite(world, install.suiteId), forCorp: corp, agentId };
}

function requireInstall(world: World, corp: Corp, agentId: number | null): Install {
  const standing = corp.installs.filter((install) => install.removedAtMs === null);
  const wanted = standing.find((install) =>
    agentId === null ? getSuite(world, install.suiteId).kind === 'custom' : install.agentId === agentId,
  );
  if (!wanted) throw new WireError(standing.length === 0 ? 48004 : 40056);
  return wanted;
}

function finishRequest(app: App, query: URLSearchParams, privateInfo: boolean): LoginRequest {
  const redirect = requireAllowedUrl(app.suite.trustedDomains, query.get('redirect_uri') ?? '');
  const state = query.get('state') ?? '';
  requireState(state);
  // a custom app must name its agent for private information, else WeCom treats the scope as base (page 96441)
  return { ...app, redirect, state, privateInfo: privateInfo && (app.forCorp === null || app.agentId !== null) };
}
