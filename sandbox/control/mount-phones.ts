import { z } from 'zod';
import type { Router } from '../http/router';
import { mintLoginCode } from '../login/login-code';
import { findPhone, personOf } from '../login/people';
import { createPhone, openApp, openMiniProgram } from '../login/phones';
import { findCorp, findSuite } from '../state/find';
import { PHONE_CLIENTS, PHONE_ENTRIES, type Message, type Phone, type Suite } from '../state/types';
import type { World } from '../world';
import { faceOf } from '../messages/target';
import { requireMessage } from './mount-messages';
import { presentPhone } from './present';
import { ControlError, mountOrder, requireCorp, requireMember } from './request';

const PhoneBody = z
  .strictObject({
    corpId: z.string().min(1).optional(),
    userId: z.string().min(1).optional(),
    outsider: z.literal(true).optional(),
    client: z.enum(PHONE_CLIENTS).default('wecom-ios'),
  })
  .refine(
    (body) => (body.userId === undefined) !== (body.outsider === undefined),
    'say userId (with corpId) or outsider',
  )
  .refine((body) => body.userId === undefined || body.corpId !== undefined, 'userId needs its corpId');
const ownPath = z.string().regex(/^\/(?![/\\])/, 'a path of the app');
const Open = z.strictObject({
  entry: z.enum(PHONE_ENTRIES),
  path: ownPath.optional(),
  suiteId: z.string().optional(),
  /** Presses a message that this person got: opens where it leads. */
  messageId: z.string().optional(),
});
const MiniLogin = z.strictObject({ suiteId: z.string().optional() });

/** People's devices: who holds them, and how they open the app. */
export function mountPhones(router: Router, world: World): void {
  mountOrder(router, 'phones', PhoneBody, (body) => {
    const corp = body.corpId === undefined ? null : requireCorp(world, body.corpId);
    if (corp && body.userId !== undefined) requireMember(corp, body.userId);
    return presentPhone(createPhone(world, corp, body.userId ?? null, body.client));
  });

  mountOrder(router, 'phones/:id/open', Open, (body, { id = '' }) => {
    const phone = requirePhone(world, id);
    const message = body.messageId === undefined ? null : requireMessage(world, body.messageId);
    const suite = suiteFor(world, phone, message?.suiteId ?? body.suiteId);
    const url = openApp(world, phone, suite, body.entry, message ? pathOf(message, phone, suite) : (body.path ?? null));
    const { pathname, search } = new URL(url);
    return { url, proxiedUrl: `${world.phoneOrigin}${pathname}${search}` };
  });

  // wx.qy.login of the linked mini-program
  mountOrder(router, 'phones/:id/mini-login', MiniLogin, (body, { id = '' }) => {
    const phone = requirePhone(world, id);
    const suite = suiteFor(world, phone, body.suiteId);
    if (openMiniProgram(world, phone, suite) === 'platform_page')
      throw new ControlError(400, 'WeCom shows its own page instead: the member holds no licence');
    const { suiteId } = suite;
    const terms = { form: 'mini_program' as const, suiteId, forCorpId: null, privateInfo: false };
    return { code: mintLoginCode(world, personOf(world, phone), terms).code };
  });
}

/** Where a message leads inside the app. Addresses elsewhere the phone of the sandbox cannot open. */
function pathOf(message: Message, phone: Phone, suite: Suite): string {
  if (phone.userId === null || !message.toUserIds.includes(phone.userId))
    throw new ControlError(400, 'not their message');
  const { url } = faceOf(message);
  if (url === null) throw new ControlError(400, 'the message leads nowhere');
  const target = new URL(url);
  if (!suite.trustedDomains.includes(target.host)) throw new ControlError(400, `${target.host} is not the app`);
  return target.pathname + target.search;
}

function requirePhone(world: World, id: string): Phone {
  const phone = findPhone(world, id);
  if (!phone) throw new ControlError(404, `there is no phone ${id}`);
  return phone;
}

/** The app the phone is about to open: the one named, else the one its corp is played with. */
function suiteFor(world: World, phone: Phone, suiteId: string | undefined): Suite {
  const corp = phone.corpId === null ? null : findCorp(world, phone.corpId);
  const wanted = suiteId ?? corp?.suiteId ?? world.state.suites[0]?.suiteId ?? '';
  const suite = findSuite(world, wanted);
  if (!suite) throw new ControlError(404, `there is no suite ${wanted}`);
  return suite;
}
