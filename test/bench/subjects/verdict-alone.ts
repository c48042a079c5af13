import Koa from 'koa';
import { mountVerdict } from '../../../server/http/gate/mount-verdict';
import { createLimits } from '../../../server/http/middleware/limit';
import { loadSession } from '../../../server/http/middleware/session';
import { createRouter, type App } from '../../../server/http/router';
import { benchDeps } from './deps';
import { listenAndTell } from './listen-and-tell';

/** Session and verdict, with none of the middlewares around them. */
async function main(): Promise<void> {
  const deps = await benchDeps();
  const router = createRouter(deps.metrics);
  mountVerdict(router, deps);
  const app: App = new Koa();
  app.context.limits = createLimits(null);
  app.use(loadSession(deps));
  app.use(router.dispatch);
  listenAndTell(app);
}

void main();
