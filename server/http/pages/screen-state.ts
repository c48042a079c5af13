import type { GateState } from '../../../src/gate/gate-state';
import type { Deps } from '../../deps';
import { safeReturnTo } from '../login/return-to';
import type { AppContext } from '../router';
import { readClient, type Client } from '../user-agent';

/** The client behind a request. */
export function clientOf(ctx: AppContext): Client {
  return readClient(ctx.get('user-agent'), ctx.get('accept-language'));
}

/** The page a request asks for, or a form's button was pressed on, without one-time parameters. */
export function pageOf(ctx: AppContext): string {
  return ctx.state.formPage ?? safeReturnTo(ctx.url);
}

/** A state that shows `screen` to the client of this request; `over` adds what the screen tells. */
export function screenState(
  deps: Pick<Deps, 'config'>,
  ctx: AppContext,
  screen: GateState['screen'],
  over: Partial<GateState> = {},
): GateState {
  const client = clientOf(ctx);
  return {
    verdict: null,
    screen,
    lang: client.lang,
    scheme: client.scheme,
    client: client.kind,
    desktop: client.desktop,
    appName: deps.config.appName,
    returnTo: pageOf(ctx),
    person: null,
    request: null,
    failure: null,
    targetTitle: null,
    ...over,
  };
}
