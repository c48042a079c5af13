import { z } from 'zod';
import { DONE, parseBody, type Wire } from '../http/wire';
import { WireError } from '../http/wire-error';
import { toSeconds } from '../clock';
import { findInstall, findSuite, peekCorp } from '../state/find';
import type { Corp, Provider } from '../state/types';
import type { World } from '../world';
import { appLicenceOf } from './app-licence';
import { everPaid } from './orders';
import { requireCustomer } from './request';

const AppInfoRequest = z.object({ corpid: z.string(), suite_id: z.string() });
const SwitchRequest = z.object({ corpid: z.string() });
const SetSwitchRequest = SwitchRequest.extend({ auto_active_status: z.unknown() });

/** Trial, checking and the auto-activation switch (licence-api.md section 5). */
export function mountAppLicence(wire: Wire, world: World): void {
  wire.post('/cgi-bin/license/get_app_license_info', (call) => {
    const request = parseBody(AppInfoRequest, call);
    const { provider, corp } = requireCustomer(world, call, request.corpid, peekCorp);
    const suite = findSuite(world, request.suite_id);
    if (!suite || suite.providerId !== provider.corpId) throw new WireError(40083);
    if (!findInstall(corp, suite.suiteId)) throw new WireError(701015);
    const { status, trial, checkAtMs } = appLicenceOf(corp, suite);
    return {
      license_status: status,
      ...(trial && { trail_info: { start_time: toSeconds(trial.startAtMs), end_time: toSeconds(trial.endAtMs) } }),
      ...(checkAtMs !== null && { license_check_time: toSeconds(checkAtMs) }),
    };
  });

  wire.post('/cgi-bin/license/get_auto_active_status', (call) => {
    const request = parseBody(SwitchRequest, call);
    const { provider, corp } = requireCustomer(world, call, request.corpid, peekCorp);
    requirePaid(world, provider, corp);
    return { auto_active_status: corp.autoActivation[provider.corpId] ? 1 : 0 };
  });

  wire.post('/cgi-bin/license/set_auto_active_status', (call) => {
    const request = parseBody(SetSwitchRequest, call);
    const { provider, corp } = requireCustomer(world, call, request.corpid, peekCorp);
    const value = request.auto_active_status;
    if (value !== 0 && value !== 1) throw new WireError(701070);
    setAutoActivation(world, provider, corp, value === 1);
    return DONE;
  });
}

/** Turns the switch of one provider in one corp. Throws 701071 when nothing was ever bought. */
export function setAutoActivation(world: World, provider: Provider, corp: Corp, on: boolean): void {
  requirePaid(world, provider, corp);
  corp.autoActivation[provider.corpId] = on;
}

function requirePaid(world: World, provider: Provider, corp: Corp): void {
  if (!everPaid(world, provider.corpId, corp.corpId)) throw new WireError(701071);
}
