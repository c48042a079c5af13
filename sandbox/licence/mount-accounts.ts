import { z } from 'zod';
import { toSeconds } from '../clock';
import { parseBody, type Answer, type Wire } from '../http/wire';
import { WireError } from '../http/wire-error';
import { findMember, peekCorp } from '../state/find';
import type { LicenceCode } from '../state/types';
import type { World } from '../world';
import { codesOf, codesOfMember, statusOf } from './codes';
import { crowdThen, findCrowdCode } from './crowd';
import { PageRequest, pageOf } from './paging';
import { requireBatch, requireCustomer, type Customer } from './request';

const OneCode = z.object({ corpid: z.string(), active_code: z.string() });
const ManyCodes = z.object({ corpid: z.string(), active_code_list: z.array(z.string()) });
const ListAccounts = PageRequest.extend({ corpid: z.string() });
const OneMember = z.object({ corpid: z.string(), userid: z.string() });

/** Reading codes and members' accounts (licence-api.md sections 4.2 to 4.4). */
export function mountAccounts(wire: Wire, world: World): void {
  wire.post('/cgi-bin/license/get_active_info_by_code', (call) => {
    const request = parseBody(OneCode, call);
    const customer = requireCustomer(world, call, request.corpid, peekCorp);
    const [code] = codesNamed(world, customer, new Set([request.active_code]));
    if (!code) throw new WireError(701021);
    return { active_info: describeCode(world, code) };
  });

  wire.post('/cgi-bin/license/batch_get_active_info_by_code', (call) => {
    const request = parseBody(ManyCodes, call);
    const customer = requireCustomer(world, call, request.corpid, peekCorp);
    const wanted = new Set(requireBatch(request.active_code_list));
    const found = codesNamed(world, customer, wanted);
    const known = new Set(found.map((code) => code.code));
    return {
      active_info_list: found.map((code) => describeCode(world, code)),
      invalid_active_code_list: [...wanted].filter((code) => !known.has(code)),
    };
  });

  // expired accounts are listed too (page 95544); only merged ones are gone
  wire.post('/cgi-bin/license/list_actived_account', (call) => {
    const request = parseBody(ListAccounts, call);
    const { provider, corp } = requireCustomer(world, call, request.corpid, peekCorp);
    const bound = codesOf(world, provider.corpId, corp.corpId).filter((one) => one.userId && one.mergedInto === null);
    const { items, paging } = pageOf(
      crowdThen(corp, (code) => code, bound),
      request,
    );
    return { account_list: items.map((code) => ({ userid: code.userId, type: code.type, ...times(code) })), ...paging };
  });

  // active_status stays 1 after the expiry: callers are told to derive validity from expire_time
  wire.post('/cgi-bin/license/get_active_info_by_user', (call) => {
    const request = parseBody(OneMember, call);
    const { provider, corp } = requireCustomer(world, call, request.corpid);
    if (!findMember(corp, request.userid)) throw new WireError(701019);
    const held = codesOfMember(world, provider.corpId, corp.corpId, request.userid);
    return {
      active_status: held.length > 0 ? 1 : 0,
      active_info_list: held.map((code) => ({
        active_code: code.code,
        type: code.type,
        userid: code.userId,
        ...times(code),
      })),
    };
  });
}

/** The corp's codes of these names, without making a crowd's people for it. */
function codesNamed(world: World, { provider, corp }: Customer, wanted: ReadonlySet<string>): LicenceCode[] {
  const ofCrowd = [...wanted].flatMap((name) => findCrowdCode(corp, name) ?? []);
  return [...ofCrowd, ...codesOf(world, provider.corpId, corp.corpId).filter((code) => wanted.has(code.code))];
}

function times(code: LicenceCode): Answer {
  return { active_time: toSeconds(code.activeAtMs ?? 0), expire_time: toSeconds(code.expiresAtMs ?? 0) };
}

function describeCode(world: World, code: LicenceCode): Answer {
  const merge = {
    ...(code.mergedInto !== null && { to_active_code: code.mergedInto }),
    ...(code.mergedFrom !== null && { from_active_code: code.mergedFrom }),
  };
  const share = {
    ...(code.sharedTo !== null && { to_corpid: code.sharedTo }),
    ...(code.sharedFrom !== null && { from_corpid: code.sharedFrom }),
  };
  return {
    active_code: code.code,
    type: code.type,
    status: statusOf(code, world.clock.now()),
    create_time: toSeconds(code.createdAtMs),
    ...(code.userId !== null && { userid: code.userId, ...times(code) }),
    ...(Object.keys(merge).length > 0 && { merge_info: merge }),
    ...(Object.keys(share).length > 0 && { share_info: share }),
  };
}
