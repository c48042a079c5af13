import { commandMail, type CallbackMail } from '../callbacks/mail';
import { MINUTE_MS, toSeconds } from '../clock';
import { findInstall } from '../state/find';
import type { AuthCode, Corp, Install, Suite } from '../state/types';
import { corpTokenKey, revokeTokens } from '../tokens/issue';
import { newId, type World } from '../world';

/** A temporary authorisation code lives ten minutes and works once (credentials.md section 1). */
export const AUTH_CODE_LIFE_MS = 10 * MINUTE_MS;

/** Agent ids count from here in every corp, so two corps share them. */
const FIRST_AGENT_ID = 1_000_002;

/**
 * A corp's administrator agrees to install the app. Tells the app by create_auth and returns the same code for a
 * redirect. Installing again keeps the agent and its permanent code. The first installation ever starts the trial.
 */
export function authorise(world: World, corp: Corp, suite: Suite, state: string | null): AuthCode {
  const now = world.clock.now();
  const install = findInstall(corp, suite.suiteId) ?? addInstall(world, corp, suite, state);
  install.state = state;
  install.announced = true;
  corp.firstInstalledAtMs[suite.suiteId] ??= now;
  return sendCreateAuth(world, corp, suite, install);
}

/** Sends create_auth with a fresh code; used for a new installation and to tell a server again. */
export function sendCreateAuth(
  world: World,
  corp: Corp,
  suite: Suite,
  install: Install,
  options: Pick<CallbackMail, 'attempts' | 'onDelivered' | 'onFailed'> = {},
): AuthCode {
  const authCode = mintAuthCode(world, suite.suiteId, corp.corpId);
  const fields = {
    AuthCode: authCode.code,
    InfoType: 'create_auth',
    TimeStamp: toSeconds(world.clock.now()),
    State: install.state,
  };
  world.send({ ...commandMail(suite, corp.corpId, 'create_auth', fields), ...options });
  return authCode;
}

/** A corp removes the app: tokens and permanent code die at once, the trial's start is remembered. */
export function cancel(world: World, corp: Corp, suite: Suite, install: Install): void {
  install.removedAtMs = world.clock.now();
  revokeTokens(world, corpTokenKey(suite.suiteId, corp.corpId));
  sendCancelAuth(world, corp, suite);
}

export function sendCancelAuth(world: World, corp: Corp, suite: Suite): void {
  const fields = { InfoType: 'cancel_auth', TimeStamp: toSeconds(world.clock.now()), AuthCorpId: corp.corpId };
  world.send(commandMail(suite, corp.corpId, 'cancel_auth', fields));
}

/** Range or rights changed: the event says no more than that. */
export function sendChangeAuth(world: World, corp: Corp, suite: Suite): void {
  const fields = { InfoType: 'change_auth', TimeStamp: toSeconds(world.clock.now()), AuthCorpId: corp.corpId };
  world.send(commandMail(suite, corp.corpId, 'change_auth', fields));
}

/** Custom apps only: a new permanent code, to be fetched with the AuthCode sent; the old one and its tokens die. */
export function resetPermanentCode(world: World, corp: Corp, suite: Suite, install: Install): void {
  install.permanentCode = newId('perm', 24);
  revokeTokens(world, corpTokenKey(suite.suiteId, corp.corpId));
  const authCode = mintAuthCode(world, suite.suiteId, corp.corpId);
  const fields = { AuthCode: authCode.code, InfoType: 'reset_permanent_code', TimeStamp: toSeconds(world.clock.now()) };
  world.send(commandMail(suite, corp.corpId, 'reset_permanent_code', fields));
}

function addInstall(world: World, corp: Corp, suite: Suite, state: string | null): Install {
  const install: Install = {
    suiteId: suite.suiteId,
    agentId: FIRST_AGENT_ID + corp.installs.length,
    permanentCode: newId('perm', 24),
    installedAtMs: world.clock.now(),
    removedAtMs: null,
    installerUserId: corp.members.find((member) => member.admin && !member.left)?.userId ?? '',
    state,
    announced: false,
  };
  corp.installs.push(install);
  return install;
}

function mintAuthCode(world: World, suiteId: string, corpId: string): AuthCode {
  const now = world.clock.now();
  const authCode: AuthCode = {
    code: newId('auth', 32),
    suiteId,
    corpId,
    expiresAtMs: now + AUTH_CODE_LIFE_MS,
    used: false,
  };
  world.state.authCodes = [...world.state.authCodes.filter((one) => one.expiresAtMs > now), authCode];
  return authCode;
}
