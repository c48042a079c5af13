import { z } from 'zod';
import { parseBody, type Wire } from '../http/wire';
import { WireError } from '../http/wire-error';
import { findCorp } from '../state/find';
import { requireProviderToken } from '../tokens/check';
import type { World } from '../world';
import { batchVerdict, errcodeOf, refusals, requireBatch } from './request';
import { requireLink, shareCode } from './share';

const Share = z.object({
  from_corpid: z.string(),
  to_corpid: z.string(),
  share_list: z.array(z.object({ active_code: z.string() })),
  corp_link_type: z.union([z.literal(0), z.literal(1)]).default(0),
});

/** Codes for downstream corps (licence-api.md section 4.6), and the relief query that ended in 2023 (5.3). */
export function mountSharing(wire: Wire, world: World): void {
  wire.post('/cgi-bin/license/batch_share_active_code', (call) => {
    const provider = requireProviderToken(world, call);
    const request = parseBody(Share, call);
    const from = findCorp(world, request.from_corpid);
    const to = findCorp(world, request.to_corpid);
    if (!from || !to) throw new WireError(40013);
    const list = requireBatch(request.share_list);
    const link = requireLink(world, provider.corpId, from, to, request.corp_link_type);
    const results = list.map(({ active_code }) => ({
      active_code,
      errcode: errcodeOf(() => shareCode(world, provider.corpId, from, link, active_code)),
    }));
    return { ...batchVerdict(results), share_result: refusals(results) };
  });

  wire.post('/cgi-bin/license/support_policy_query', (call) => {
    requireProviderToken(world, call);
    throw new WireError(701112);
  });
}
