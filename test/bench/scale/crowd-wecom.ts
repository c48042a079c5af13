import { createServer, type IncomingMessage, type Server } from 'node:http';
import { CORP_PREFIX, USER_PREFIX, type Crowd } from './crowd';

/** How often each call was made, by its path. */
export type Calls = Record<string, number>;

const DAY_SECONDS = 86_400;
const LICENCE = '/cgi-bin/license/';
const SUITE = '/cgi-bin/service/';

type Body = {
  readonly corpid?: string;
  readonly auth_corpid?: string;
  readonly order_id?: string;
  readonly start_time?: number;
  readonly end_time?: number;
  readonly cursor?: string;
  readonly limit?: number;
  readonly active_code_list?: readonly string[];
};

/**
 * A WeCom that makes up its answers from the ids it is asked about, so that ten million accounts take it no memory: each
 * corp has one paid order, and each code of it is one member's. Only what a reconciliation asks is there.
 */
export function createCrowdWecom({ members }: Pick<Crowd, 'members'>, nowMs: number): { server: Server; calls: Calls } {
  const nowSeconds = Math.floor(nowMs / 1000);
  const boughtAt = nowSeconds - 15 * DAY_SECONDS;
  const endsAt = boughtAt + 365 * DAY_SECONDS;
  const calls: Calls = {};
  const times = { active_time: boughtAt, expire_time: endsAt };
  const numberOf = (id = ''): number => Number(/\d+/.exec(id)?.[0] ?? 0);
  const codeOf = (corp: number, member: number): string => `LA${corp}-${member}`;

  const pageOf = ({ cursor, limit = 1000 }: Body, item: (member: number) => object): object => {
    const from = Number(cursor || 0);
    const to = Math.min(members, from + limit);
    const account_list = Array.from({ length: to - from }, (_, offset) => item(from + offset));
    return { account_list, has_more: to < members ? 1 : 0, next_cursor: String(to) };
  };

  const ANSWERS: Readonly<Record<string, (body: Body) => object>> = {
    [`${SUITE}get_suite_token`]: () => ({ suite_access_token: 'suite-token', expires_in: 7200 }),
    [`${SUITE}get_provider_token`]: () => ({ provider_access_token: 'provider-token', expires_in: 7200 }),
    [`${SUITE}v2/get_auth_info`]: ({ auth_corpid: corpid }) => ({
      auth_corp_info: { corpid, corp_name: corpid },
      auth_info: { agent: [{ agentid: 1_000_001, privilege: { allow_party: [1] } }] },
    }),
    [`${LICENCE}get_app_license_info`]: () => ({ license_status: 1, license_check_time: boughtAt }),
    [`${LICENCE}get_auto_active_status`]: () => ({ auto_active_status: 1 }),
    [`${LICENCE}list_order`]: ({ corpid, end_time = 0, start_time = 0 }) => {
      const made = start_time <= boughtAt && boughtAt < end_time;
      return { order_list: made ? [{ order_id: `OI${numberOf(corpid)}`, order_type: 1 }] : [], has_more: 0 };
    },
    [`${LICENCE}get_order`]: ({ order_id }) => ({
      order: {
        order_id,
        order_type: 1,
        order_status: 1,
        corpid: `${CORP_PREFIX}${numberOf(order_id)}`,
        price: 1000,
        account_count: { base_count: members, external_contact_count: 0 },
        account_duration: { months: 12 },
        create_time: boughtAt,
        pay_time: boughtAt,
      },
    }),
    [`${LICENCE}list_order_account`]: (body) =>
      pageOf(body, (member) => ({ active_code: codeOf(numberOf(body.order_id), member), type: 1 })),
    [`${LICENCE}list_actived_account`]: (body) =>
      pageOf(body, (member) => ({ userid: `${USER_PREFIX}${member}`, type: 1, ...times })),
    [`${LICENCE}batch_get_active_info_by_code`]: ({ active_code_list: codes = [] }) => ({
      active_info_list: codes.map((active_code) => ({
        active_code,
        type: 1,
        status: 2,
        userid: `${USER_PREFIX}${active_code.split('-')[1]}`,
        create_time: boughtAt,
        ...times,
      })),
    }),
  };

  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://local.invalid').pathname;
    calls[path] = (calls[path] ?? 0) + 1;
    const reply = (body: Body) => {
      const answer = ANSWERS[path]?.(body) ?? { errcode: 40066, errmsg: 'invalid url' };
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ errcode: 0, ...answer }));
    };
    readBody(request).then(reply, (error: Error) => response.destroy(error));
  });
  return { server, calls };
}

async function readBody(request: IncomingMessage): Promise<Body> {
  const text = Buffer.concat(await request.toArray()).toString('utf8');
  return text === '' ? {} : (JSON.parse(text) as Body);
}
