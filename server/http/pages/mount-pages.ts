import type { Deps } from '../../deps';
import { HOME_PATH } from '../login/return-to';
import type { Router } from '../router';
import { showPage } from './show-page';

/** The app's own pages; each is judged on the server and sent with its verdict in it. */
const PAGES = [HOME_PATH, '/record', '/admin'];

export function mountPages(router: Router, deps: Deps): void {
  router.get('/', (ctx) => ctx.redirect(HOME_PATH + ctx.search));
  for (const path of PAGES) router.get(path, (ctx) => showPage(deps, ctx));
}
