import type { RequestListener } from 'node:http';
import Koa from 'koa';
import { mountContacts } from './contacts/mount';
import type { ClockStream } from './control/clock-stream';
import { mountClock } from './control/mount-clock';
import { mountCorps } from './control/mount-corps';
import { mountLicences } from './control/mount-licences';
import { mountMachine, type Machine } from './control/mount-machine';
import { mountEvents } from './control/mount-events';
import { mountFaults } from './control/mount-faults';
import { mountMessageBox } from './control/mount-messages';
import { mountConsoleOrders } from './control/mount-orders';
import { mountPhones } from './control/mount-phones';
import { mountRelations } from './control/mount-relations';
import { corpOfPage, isPage } from './faults/pages';
import { spoilAnswer, spoilPage } from './faults/spoil';
import { takeFault } from './faults/take';
import { mountQuestion } from './control/request';
import { createRouter, type Router } from './http/router';
import { createWire } from './http/wire';
import { mountInstallApi } from './install/mount-api';
import { mountInstallLinks } from './install/mount-links';
import { mountInstallPages } from './install/mount-pages';
import { mountAccounts } from './licence/mount-accounts';
import { mountActivation } from './licence/mount-activation';
import { mountAppLicence } from './licence/mount-app';
import { mountBalance } from './licence/mount-balance';
import { mountOrders } from './licence/mount-orders';
import { mountRenewals } from './licence/mount-renewals';
import { mountSharing } from './licence/mount-sharing';
import { mountUnions } from './licence/mount-unions';
import { mountAuthorize } from './login/mount-authorize';
import { mountIdentity } from './login/mount-identity';
import { mountOtherLogins } from './login/mount-other-logins';
import { mountMedia } from './media/mount';
import { mountMessages } from './messages/mount';
import { mountTokens } from './tokens/mount';
import type { World } from './world';

export type AppParts = {
  readonly stream: ClockStream;
  readonly moveTo: (toMs: number) => void;
  readonly machine: Machine;
  /** Mounts the workbench page. */
  readonly workbench: (router: Router) => void;
  /** Called after each request that may have changed something. */
  readonly changed: () => void;
};

/** Everything the sandbox answers on its main port, as one request listener. */
export function createApp(world: World, parts: AppParts): { listener: RequestListener; router: Router } {
  const router = createRouter();
  const wire = createWire(router, world);
  mountTokens(wire, world);
  mountInstallApi(wire, world);
  mountInstallLinks(wire, world);
  mountInstallPages(router, world);
  mountAuthorize(router, world);
  mountIdentity(wire, world);
  mountOtherLogins(wire, world);
  mountAppLicence(wire, world);
  mountOrders(wire, world);
  mountRenewals(wire, world);
  mountUnions(wire, world);
  mountBalance(wire, world);
  mountSharing(wire, world);
  mountMedia(wire, world);
  mountMessages(wire, world);
  mountContacts(wire, world);
  mountActivation(wire, world);
  mountAccounts(wire, world);
  mountClock(router, world, parts.moveTo);
  mountCorps(router, world);
  mountConsoleOrders(router, world);
  mountLicences(router, world);
  mountRelations(router, world);
  mountMessageBox(router, world);
  mountPhones(router, world);
  mountFaults(router, world);
  mountEvents(router, world);
  mountMachine(router, world, parts.machine);
  router.get('/sandbox/clock/stream', (ctx) => parts.stream.serve(ctx));
  mountQuestion(router, 'routes', () => ({ routes: router.paths() }));
  parts.workbench(router);

  const koa = new Koa();
  koa.on('error', tellFault);
  koa.use(async (ctx) => {
    const fault = isPage(ctx.path) ? takeFault(world, ctx.path, await corpOfPage(world, ctx)) : null;
    if (fault && (await spoilPage(ctx, fault))) return;
    if (await router.run(ctx)) {
      if (!ctx.path.startsWith('/sandbox/') || ctx.method === 'POST') parts.changed();
      if (fault) await spoilAnswer(ctx, fault);
      return;
    }
    ctx.status = 404;
    ctx.body = { error: { code: 'not_found', message: `the sandbox has no ${ctx.method} ${ctx.path}` } };
  });
  return { listener: koa.callback(), router };
}

/** How a follower of the clock ends its stream half-way, as it must: it leaves, or it is killed. */
const LEFT: readonly unknown[] = ['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET'];

/** Everything but a follower's leaving is worth reading. */
function tellFault(error: NodeJS.ErrnoException): void {
  if (!LEFT.includes(error.code)) process.stderr.write(`${error.stack ?? error.message}\n`);
}
