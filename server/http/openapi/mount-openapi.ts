import { z } from 'zod';
import type { Deps } from '../../deps';
import type { Router } from '../router';
import { describeApi } from './describe-api';
import { answers } from './route-note';

/** Serves the description of all of /api, made from the schemas that validate. */
export function mountOpenApi(router: Router, deps: Deps): void {
  let document: string | null = null;
  router.get('/api/openapi.json', answers('This document', z.record(z.string(), z.unknown())), (ctx) => {
    document ??= JSON.stringify(describeApi(router.routes, deps.config.publicUrl));
    ctx.type = 'application/json; charset=utf-8';
    ctx.set('Cache-Control', 'no-cache');
    ctx.body = document;
  });
}
