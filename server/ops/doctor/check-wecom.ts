import type { Config } from '../../config';
import type { Deps } from '../../deps';
import { findInstalledCorpId } from '../../store/corps-overview';
import { createCredentialsApi } from '../../wecom/credentials-api';
import { createWecomRequest } from '../../wecom/request';
import { suitesInUse, type SuiteUse } from '../../wecom/suites-in-use';
import { openSuiteTicket } from '../../wecom/tokens';
import { text, type Text } from '../text';
import { fail, note, ok, warn, type Check, type Finding } from './check';

const MINUTE_MS = 60_000;
/** A ticket is pushed every ten minutes and is good for thirty. */
const TICKET = { lateMs: 15 * MINUTE_MS, deadMs: 30 * MINUTE_MS };

const CONSOLE = text('核对服务商后台里的 ID 与密钥。', 'Compare ids and secrets with the provider console.');

const PUSH_CURE = text(
  '指令回调要能收到推送（每 10 分钟）：先看「指令回调」一项，再到服务商后台点「刷新 Ticket」。',
  'The command callback has to receive the push (every 10 minutes): see “Command callback” first, then press “refresh ticket” in the provider console.',
);

/** Whether the ticket of one suite is being pushed. */
function ticketOf(use: SuiteUse, id: string, title: Text): Check {
  const suiteOf = (config: Config) => suitesInUse(config).find((suite) => suite.use === use);
  return {
    id,
    title,
    tried: ({ config }) => suiteOf(config)?.id ?? config.suite.id,
    needs: ['store', 'migrations'],
    cure: PUSH_CURE,
    run: async ({ config, deps }) => {
      const suite = suiteOf(config);
      if (suite === undefined) return note(text('就是应用的 suite', 'the app’s own suite'));
      return judgeAge(await deps.tokens.suiteTicketAgeMs(suite.id));
    },
  };
}

function judgeAge(ageMs: number | null): Finding {
  if (ageMs === null) return fail(text('从未收到', 'never received'), PUSH_CURE);
  const minutes = Math.max(0, Math.floor(ageMs / MINUTE_MS));
  const seen = text(`${minutes} 分钟前收到`, `received ${minutes} min ago`);
  if (ageMs >= TICKET.deadMs) return fail(seen, PUSH_CURE);
  return ageMs >= TICKET.lateMs ? warn(seen, PUSH_CURE) : ok(seen);
}

export const suiteTicket = ticketOf('app', 'suite-ticket', text('suite_ticket', 'suite_ticket'));
export const loginTicket = ticketOf(
  'login',
  'login-suite-ticket',
  text('扫码登录的 suite_ticket', 'suite_ticket of the login in a browser'),
);

/** A credential, asked for anew: one that is still in the store would not tell whether the secret is right today. */
function credential(id: string, path: string, needs: readonly string[], ask: (deps: Deps) => Promise<unknown>): Check {
  return {
    id,
    title: text(id, id),
    tried: ({ config }) => `POST ${config.origins.api}${path}`,
    needs,
    cure: CONSOLE,
    run: async ({ deps }) => {
      await ask(deps);
      return ok(text('拿到', 'given'));
    },
  };
}

function apiOf({ clock, config, log, metrics }: Deps) {
  return createCredentialsApi(createWecomRequest({ apiOrigin: config.origins.api, clock, log, metrics }));
}

const STORE = ['store', 'migrations'];

export const suiteToken = credential(
  'suite_access_token',
  '/cgi-bin/service/get_suite_token',
  [...STORE, 'suite-ticket'],
  async (deps) => {
    const { id, secret } = deps.config.suite;
    return apiOf(deps).getSuiteToken(id, secret, await openSuiteTicket(deps, id));
  },
);
export const providerToken = credential('provider_access_token', '/cgi-bin/service/get_provider_token', STORE, (deps) =>
  apiOf(deps).getProviderToken(deps.config.provider.corpId, deps.config.provider.secret),
);
export const preAuthCode = credential(
  'pre_auth_code',
  '/cgi-bin/service/get_pre_auth_code',
  ['suite_access_token'],
  (deps) => deps.wecom.getPreAuthCode(),
);

export const appLicence: Check = {
  id: 'app-licence',
  title: text('接口许可', 'Interface licences'),
  tried: ({ config }) => `POST ${config.origins.api}/cgi-bin/license/get_app_license_info`,
  needs: ['provider_access_token'],
  cure: text(
    '服务商要有「接口许可」权限，且应用与服务商属于同一家。',
    'The provider needs the licence permission, and the suite has to be its own.',
  ),
  run: async ({ deps }) => {
    const corpId = await findInstalledCorpId(deps.store.db);
    if (corpId === null) return note(text('还没有企业安装，无从询问', 'no corp has installed the app yet'));
    const { checking } = await deps.wecom.getAppLicence(corpId);
    const seen = checking
      ? text('可查询，已开始校验', 'answers; checking is on')
      : text('可查询，未开始校验', 'answers; checking is off');
    return ok(seen);
  },
};
