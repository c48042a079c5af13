import { sendCancelAuth, sendCreateAuth } from '../install/authorise';
import { findInstall, peekCorp } from '../state/find';
import type { Corp, Install, PlainMail, Suite } from '../state/types';
import { pushTicket } from '../tokens/suite-ticket';
import type { World } from '../world';

/**
 * Makes apps learn of installations that they have not confirmed. WeCom would not send create_auth again; here a
 * server that starts after the sandbox, or with an empty store, must be able to catch up. One knock at a time:
 * first a suite_ticket, and only when the app takes it, its installations with fresh auth_codes.
 */
export type Announcer = {
  /** Knocks where something is unconfirmed. Called again and again while the sandbox runs. */
  knock(): void;
  /** The app was told of an installation in the ordinary way and did not take it. */
  missed(mail: PlainMail): void;
  /** Forgets every confirmation, so that the next knocks tell everything again. */
  startOver(): void;
  /** Stops waiting for answers that will not come any more (the postman was called back). */
  release(): void;
};

export function createAnnouncer(world: World): Announcer {
  const busy = new Set<string>();

  const knockAt = (suite: Suite): void => {
    if (busy.has(suite.suiteId)) return;
    if (!suite.ticketConfirmed) return pushFirstTicket(suite);
    for (const { corp, install } of unannounced(world, suite)) announce(suite, corp, install);
  };

  const pushFirstTicket = (suite: Suite): void => {
    busy.add(suite.suiteId);
    const release = () => busy.delete(suite.suiteId);
    forgetUndelivered(world, 'suite_ticket', suite, null);
    pushTicket(world, suite, {
      attempts: 1,
      onDelivered: () => {
        release();
        suite.ticketConfirmed = true;
        knockAt(suite);
      },
      onFailed: release,
    });
  };

  const announce = (suite: Suite, corp: Corp, install: Install): void => {
    const key = `${suite.suiteId}/${corp.corpId}`;
    if (busy.has(key)) return;
    if (install.removedAtMs !== null) {
      install.announced = true;
      return sendCancelAuth(world, corp, suite);
    }
    busy.add(key);
    const release = () => busy.delete(key);
    forgetUndelivered(world, 'create_auth', suite, corp);
    const onDelivered = () => {
      release();
      install.announced = true;
    };
    sendCreateAuth(world, corp, suite, install, { attempts: 1, onDelivered, onFailed: release });
  };

  return {
    knock: () => world.state.suites.forEach(knockAt),
    missed: ({ corpId, suiteId, type }) => {
      if (type !== 'create_auth' || corpId === null || suiteId === null) return;
      const corp = peekCorp(world, corpId);
      const install = corp && findInstall(corp, suiteId);
      if (install) install.announced = false;
    },
    release: () => busy.clear(),
    startOver: () => {
      busy.clear();
      for (const suite of world.state.suites) suite.ticketConfirmed = false;
      for (const corp of world.state.corps) for (const install of corp.installs) install.announced = false;
    },
  };
}

function unannounced(world: World, suite: Suite): { corp: Corp; install: Install }[] {
  return world.state.corps.flatMap((corp) =>
    corp.installs
      .filter((install) => install.suiteId === suite.suiteId && !install.announced)
      .map((install) => ({ corp, install })),
  );
}

/** Keeps the log readable while an app is not up yet: a new knock replaces the failed one before it. */
function forgetUndelivered(world: World, type: string, suite: Suite, corp: Corp | null): void {
  world.state.callbacks = world.state.callbacks.filter(
    (record) =>
      record.state !== 'failed' ||
      record.type !== type ||
      record.suiteId !== suite.suiteId ||
      record.corpId !== (corp?.corpId ?? null),
  );
}
