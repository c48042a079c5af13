import { anyText, flag, integer, listOf, object, text } from './json-schema';

/** The parts of an authorisation: a union of what SDK samples show (credentials.md, section 2). */
const ids = listOf(text);
const numbers = listOf(integer);

const privilege = object(
  {},
  {
    level: integer,
    allow_party: numbers,
    allow_user: ids,
    allow_tag: numbers,
    extra_party: numbers,
    extra_user: ids,
    extra_tag: numbers,
  },
);

const authCorpInfo = object(
  { corpid: text, corp_name: text },
  {
    corp_type: { enum: ['verified', 'unverified'] },
    corp_square_logo_url: anyText,
    corp_round_logo_url: anyText,
    corp_user_max: integer,
    corp_agent_max: integer,
    corp_full_name: anyText,
    verified_end_time: integer,
    subject_type: integer,
    corp_wxqrcode: anyText,
    corp_scale: anyText,
    corp_industry: anyText,
    corp_sub_industry: anyText,
    location: anyText,
    auth_type: integer,
  },
);

const agent = object(
  { agentid: integer },
  {
    name: anyText,
    round_logo_url: anyText,
    square_logo_url: anyText,
    appid: integer,
    auth_mode: { enum: [0, 1] },
    is_customized_app: flag,
    privilege,
    shared_from: object({ corpid: text }),
  },
);

const edition = object(
  { agentid: integer },
  {
    edition_id: anyText,
    edition_name: anyText,
    app_status: integer,
    user_limit: integer,
    expired_time: integer,
    is_virtual_version: flag,
    is_shared_from_other_corp: flag,
  },
);

/** What both get_auth_info and get_permanent_code tell. */
export const AUTHORISATION = {
  required: { auth_corp_info: authCorpInfo, auth_info: object({ agent: listOf(agent) }) },
  optional: {
    dealer_corp_info: object({ corpid: text, corp_name: anyText }),
    edition_info: object({ agent: listOf(edition) }),
  },
};

export const PERMANENT_CODE = {
  required: { ...AUTHORISATION.required, permanent_code: text },
  optional: {
    ...AUTHORISATION.optional,
    access_token: text,
    expires_in: integer,
    state: anyText,
    auth_user_info: object({ userid: text }, { open_userid: text, name: anyText, avatar: anyText }),
    register_code_info: object({}, { register_code: anyText, template_id: anyText, state: anyText }),
  },
};

export const AUTHORISATION_EXAMPLE = {
  auth_corp_info: { corpid: 'wpDemoCorp', corp_name: '云杉制造', corp_type: 'verified', corp_user_max: 200 },
  auth_info: {
    agent: [
      {
        agentid: 1_000_002,
        name: '许可门',
        auth_mode: 0,
        is_customized_app: false,
        privilege: { level: 1, allow_party: [1], allow_user: [], allow_tag: [] },
      },
    ],
  },
};
