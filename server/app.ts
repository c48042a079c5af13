import Koa from 'koa';
import { mountCallbacks } from './callbacks/mount-callbacks';
import type { Deps } from './deps';
import { mountAdmin } from './http/admin/mount-admin';
import { mountGate } from './http/gate/mount-gate';
import { mountRequests } from './http/gate/mount-requests';
import { mountVerdict } from './http/gate/mount-verdict';
import { mountHealth } from './http/health';
import { mountInstall } from './http/install/install';
import { mountJsSdk } from './http/jssdk/mount-jssdk';
import { mountLogin } from './http/login/mount-login';
import { accessLog } from './http/middleware/access-log';
import { faults } from './http/middleware/faults';
import { createLimits } from './http/middleware/limit';
import { refuseZeroBytes } from './http/middleware/parse';
import { requestId } from './http/middleware/request-id';
import { securityHeaders } from './http/middleware/security-headers';
import { loadSession } from './http/middleware/session';
import { mountOpenApi } from './http/openapi/mount-openapi';
import { mountPages } from './http/pages/mount-pages';
import { mountVisit } from './http/pages/mount-visit';
import { notFoundScreen } from './http/pages/not-found-screen';
import { mountRecords } from './http/records/mount-records';
import { createRouter, type App, type Router } from './http/router';
import { serveAssets } from './http/static-files';

/** The whole application, not listening yet. Holds no state outside `deps`: a test makes ten of them. */
export function createApp(deps: Deps): App {
  return useMiddlewares(new Koa(), deps, createRoutes(deps));
}

/** What every request passes, in order, and then its route. */
export function useMiddlewares(app: App, deps: Deps, router: Router): App {
  app.context.limits = createLimits(deps.store.shared);
  trustPublicUrl(app, deps.config.publicUrl);
  app.on('error', (error: unknown) => deps.log.warn({ err: error }, 'an answer could not be sent'));
  app.use(requestId(deps.ids));
  app.use(accessLog(deps.log, router));
  app.use(securityHeaders(deps.config));
  app.use(faults(deps));
  app.use(refuseZeroBytes);
  app.use(serveAssets(deps.assets));
  app.use(loadSession(deps));
  app.use(notFoundScreen(deps));
  app.use(router.dispatch);
  return app;
}

/** Every route, described and mounted. */
export function createRoutes(deps: Deps): Router {
  const router = createRouter(deps.metrics);
  mountHealth(router, deps);
  mountCallbacks(router, deps);
  mountInstall(router, deps);
  mountLogin(router, deps);
  mountVerdict(router, deps);
  mountVisit(router, deps);
  mountGate(router, deps);
  mountRequests(router, deps);
  mountAdmin(router, deps);
  mountRecords(router, deps);
  mountJsSdk(router, deps);
  mountOpenApi(router, deps);
  mountPages(router, deps);
  return router;
}

/**
 * Browsers reach us at PUBLIC_URL, whatever the last hop looks like: behind a proxy that ends TLS the connection is plain,
 * and headers that say otherwise can be sent by anyone.
 */
function trustPublicUrl(app: App, publicUrl: string): void {
  const { host, protocol } = new URL(publicUrl);
  Object.defineProperty(app.request, 'protocol', { value: protocol.slice(0, -1) });
  Object.defineProperty(app.request, 'host', { value: host });
}
