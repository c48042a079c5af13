import { z } from 'zod';
import { parseBody, type Wire } from '../http/wire';
import { WireError } from '../http/wire-error';
import { requireState } from '../login/rules';
import { findSuite } from '../state/find';
import { plainCorpId } from '../corps/plain-id';
import { requireProviderToken, requireSuiteToken } from '../tokens/check';
import type { World } from '../world';

/** qrcode_url of a custom-app template: ten days. */
const TEMPLATE_LINK_LIFE_SECONDS = 864_000;

const TemplateLinkRequest = z.object({
  state: z.string().default(''),
  templateid_list: z.array(z.string()).min(1),
});
const AppQrRequest = z.object({
  suite_id: z.string(),
  state: z.string().max(32).default(''),
  style: z.number().int().min(0).max(4).optional(),
  result_type: z.union([z.literal(1), z.literal(2)]).default(1),
});
const PlainCorp = z.object({ corpid: z.string() });

/** Codes that a corp's administrator scans to install, and ids that come from outside (credentials.md section 2). */
export function mountInstallLinks(wire: Wire, world: World): void {
  wire.post('/cgi-bin/service/get_customized_auth_url', (call) => {
    const provider = requireProviderToken(world, call);
    const request = parseBody(TemplateLinkRequest, call);
    requireState(request.state);
    const [templateId = ''] = request.templateid_list;
    const known = world.state.suites.some((s) => s.suiteId === templateId && s.providerId === provider.corpId);
    if (!known) throw new WireError(40083);
    return { qrcode_url: scanPage(world, templateId, request.state), expires_in: TEMPLATE_LINK_LIFE_SECONDS };
  });

  // always the address: the sandbox draws no image for result_type 1
  wire.post('/cgi-bin/service/get_app_qrcode', (call) => {
    const suite = requireSuiteToken(world, call);
    const request = parseBody(AppQrRequest, call);
    if (!findSuite(world, request.suite_id)) throw new WireError(40083);
    if (request.suite_id !== suite.suiteId) throw new WireError(48003);
    return { qrcode: scanPage(world, suite.suiteId, request.state) };
  });

  wire.post('/cgi-bin/service/corpid_to_opencorpid', (call) => {
    requireProviderToken(world, call);
    const { corpid } = parseBody(PlainCorp, call);
    const corp = world.state.corps.find((one) => plainCorpId(one) === corpid);
    if (!corp) throw new WireError(40013);
    return { open_corpid: corp.corpId };
  });
}

function scanPage(world: World, suiteId: string, state: string): string {
  const link = new URL('/3rdapp/customized', world.origin);
  link.search = new URLSearchParams({ suite_id: suiteId, state }).toString();
  return link.href;
}
