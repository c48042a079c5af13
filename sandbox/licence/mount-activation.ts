import { z } from 'zod';
import { DONE, parseBody, type Wire } from '../http/wire';
import { WireError } from '../http/wire-error';
import type { World } from '../world';
import { activate, activateByType } from './activate';
import { codesOf } from './codes';
import { refuseRepeats } from './repeats';
import { batchVerdict, errcodeOf, requireBatch, requireCustomer } from './request';
import { transfer } from './transfer';

const AccountType = z.union([z.literal(1), z.literal(2)]);
const Activate = z.object({ corpid: z.string(), active_code: z.string(), userid: z.string() });
const ActivateByType = z.object({ corpid: z.string(), type: z.unknown(), userid: z.string() });
const BatchActivate = z.object({
  corpid: z.string(),
  active_list: z.array(z.object({ active_code: z.string(), userid: z.string() })),
});
const Transfer = z.object({
  corpid: z.string(),
  transfer_list: z.array(z.object({ handover_userid: z.string(), takeover_userid: z.string() })),
});

/** Binding codes by hand, and moving them (licence-api.md sections 4.1 and 4.5). */
export function mountActivation(wire: Wire, world: World): void {
  wire.post('/cgi-bin/license/active_account', (call) => {
    const request = parseBody(Activate, call);
    const { provider, corp } = requireCustomer(world, call, request.corpid);
    activate(world, provider.corpId, corp, request.userid, request.active_code);
    return DONE;
  });

  wire.post('/cgi-bin/license/active_account_by_type', (call) => {
    const request = parseBody(ActivateByType, call);
    const { provider, corp } = requireCustomer(world, call, request.corpid);
    const type = AccountType.safeParse(request.type);
    if (!type.success) throw new WireError(701007);
    activateByType(world, provider.corpId, corp, request.userid, type.data);
    return DONE;
  });

  wire.post('/cgi-bin/license/batch_active_account', (call) => {
    const request = parseBody(BatchActivate, call);
    const { provider, corp } = requireCustomer(world, call, request.corpid);
    const takeCode = refuseRepeats(701023);
    const takeMember = refuseRepeats(701020);
    const typeOf = new Map(codesOf(world, provider.corpId, corp.corpId).map((code) => [code.code, code.type]));
    const results = requireBatch(request.active_list).map((item) => ({
      ...item,
      errcode: errcodeOf(() => {
        takeCode(item.active_code);
        takeMember(`${item.userid} ${typeOf.get(item.active_code) ?? ''}`);
        activate(world, provider.corpId, corp, item.userid, item.active_code);
      }),
    }));
    return { ...batchVerdict(results), active_result: results };
  });

  wire.post('/cgi-bin/license/batch_transfer_license', (call) => {
    const request = parseBody(Transfer, call);
    const { provider, corp } = requireCustomer(world, call, request.corpid);
    const takeGiver = refuseRepeats(701020);
    const takeReceiver = refuseRepeats(701020);
    const results = requireBatch(request.transfer_list).map((item) => ({
      ...item,
      errcode: errcodeOf(() => {
        takeGiver(item.handover_userid);
        takeReceiver(item.takeover_userid);
        transfer(world, provider.corpId, corp, item.handover_userid, item.takeover_userid);
      }),
    }));
    return { ...batchVerdict(results), transfer_result: results };
  });
}
