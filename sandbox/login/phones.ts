import { tellEvent } from '../corps/members';
import { wouldActivate } from '../licence/auto-activate';
import { memberOpens } from '../licence/opening';
import { findInstall } from '../state/find';
import type { Corp, Phone, PhoneClient, PhoneEntry, Suite } from '../state/types';
import { newId, type World } from '../world';
import { mintLoginCode } from './login-code';
import { personOf } from './people';
import { USER_AGENTS } from './user-agents';

/** A device in somebody's hand. `corp` null: a person without WeCom. */
export function createPhone(world: World, corp: Corp | null, userId: string | null, client: PhoneClient): Phone {
  const phone: Phone = {
    id: newId('phone', 6),
    corpId: corp?.corpId ?? null,
    userId,
    openId: userId === null ? newId('oSandbox', 8) : `oSandbox${userId}`,
    client,
    userAgent: USER_AGENTS[client],
    lastOpen: null,
  };
  world.state.phones.push(phone);
  return phone;
}

/** Workbench and the app's conversation, where its cards lie: OAuth from there activates (page 96441). */
export function startsInApp(entry: PhoneEntry): boolean {
  return entry === 'workbench' || entry === 'card';
}

/** Entries that happen inside WeCom, so that WeCom notices the app being opened. */
const INSIDE_WECOM: readonly PhoneEntry[] = ['workbench', 'card', 'share', 'qr'];

/**
 * The person opens the app this way. Returns the address to load; remembers the way for the OAuth that follows.
 * With `interception` = `page` an unlicensed member gets WeCom's own page instead.
 */
export function openApp(world: World, phone: Phone, suite: Suite, entry: PhoneEntry, path: string | null): string {
  phone.lastOpen = { entry, suiteId: suite.suiteId, atMs: world.clock.now() };
  const { corp, member } = personOf(world, phone);
  const install = corp && findInstall(corp, suite.suiteId);
  if (corp && member && install && INSIDE_WECOM.includes(entry) && phone.client.startsWith('wecom')) {
    if (entry === 'card' && member.inRange) tellEvent(world, corp, 'enter_agent', member.userId, { EventKey: '' });
    // opening alone does not activate, the OAuth that follows does: who is about to be activated is let through
    const about = startsInApp(entry) && wouldActivate(world, corp, member, suite);
    if (!about && memberOpens(world, { corp, member, suite, install, activates: false }) === 'platform_page') {
      return `${world.origin}/wwopen/unlicensed?suite_id=${suite.suiteId}`;
    }
  }
  return addressOf(world, phone, suite, entry, path);
}

/** The person opens the app's mini-program inside WeCom, which activates nobody: the login that follows names no entry. */
export function openMiniProgram(world: World, phone: Phone, suite: Suite): 'app' | 'platform_page' {
  const { corp, member } = personOf(world, phone);
  const install = corp && findInstall(corp, suite.suiteId);
  if (!corp || !member || !install || !phone.client.startsWith('wecom')) return 'app';
  return memberOpens(world, { corp, member, suite, install, activates: false });
}

function addressOf(world: World, phone: Phone, suite: Suite, entry: PhoneEntry, path: string | null): string {
  const corpId = phone.corpId ?? '';
  const home = new URL(suite.homeUrl.replaceAll('$CORPID$', encodeURIComponent(corpId)));
  switch (entry) {
    case 'workbench':
      return home.href;
    case 'settings':
      return withParameter(new URL(suite.settingsUrl), 'auth_code', adminCode(world, phone, suite));
    case 'web':
      return new URL(path ?? '/login/web', home).href;
    case 'link':
      return new URL(path ?? '/records', home).href;
    default: {
      // cards, shared links and codes are made by the app, which knows the corp of a custom app
      const own = suite.kind === 'custom' && !path?.startsWith('/c/') ? `/c/${encodeURIComponent(corpId)}` : '';
      const target = new URL(`${own}${path ?? '/records'}`, home);
      return target.searchParams.has('from') ? target.href : withParameter(target, 'from', entry);
    }
  }
}

function withParameter(url: URL, name: string, value: string): string {
  url.searchParams.set(name, value);
  return url.href;
}

/** auth_code of 业务设置URL (page 91125). */
function adminCode(world: World, phone: Phone, suite: Suite): string {
  const terms = { form: 'admin' as const, suiteId: suite.suiteId, forCorpId: null, privateInfo: false };
  return mintLoginCode(world, personOf(world, phone), terms).code;
}
