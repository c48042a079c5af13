import { answer, endpoint, OK, type Endpoint } from './endpoint';
import { encryptedCorpId, integer, listOf, object, oneOfValues, seconds, text } from './json-schema';
import { OF_A_CORP, PROVIDER } from './order-shapes';

const ofCorp = object({ corpid: encryptedCorpId });
const CORP_ASKED = { corpid: 'wpDemoCorp' };

/** licence-api.md, section 5: trial, checking, the switch of auto-activation. */
export const APP_LICENCE_ENDPOINTS: readonly Endpoint[] = [
  endpoint({
    name: 'license/get_app_license_info',
    purpose: 'trial and checking of an app in a corp; trail_info is WeCom’s spelling',
    token: PROVIDER,
    request: object({ corpid: encryptedCorpId, suite_id: text }, { appid: integer }),
    response: answer(
      { license_status: oneOfValues(0, 1) },
      { trail_info: object({ start_time: seconds, end_time: seconds }), license_check_time: seconds },
    ),
    errcodes: [...OF_A_CORP, 40083, 40086],
    pages: [95844, 97194],
    confidence: ['O'],
    limits: [
      'the app must be installed',
      'the trial ends 90 days after the first installation',
      'appid: old multi-app suites only',
    ],
    asks: [{ corpid: 'wpDemoCorp', suite_id: 'ww000000000000demo' }],
    answers: [
      {
        what: 'in trial',
        body: {
          ...OK,
          license_status: 1,
          trail_info: { start_time: 1_651_752_000, end_time: 1_659_700_800 },
          license_check_time: 1_684_166_400,
        },
      },
      { what: 'not checked: no trial', body: { ...OK, license_status: 0 } },
      { what: 'checked without a trial', body: { ...OK, license_status: 1, license_check_time: 1_684_166_400 } },
    ],
  }),
  endpoint({
    name: 'license/set_auto_active_status',
    purpose: 'turns auto-activation of a corp on or off',
    token: PROVIDER,
    request: object({ corpid: encryptedCorpId, auto_active_status: oneOfValues(0, 1) }),
    response: answer(),
    errcodes: [...OF_A_CORP, 701070, 701071],
    pages: [95873, 97199],
    confidence: ['O'],
    limits: ['only corps ever paid for (701071)'],
    asks: [{ corpid: 'wpDemoCorp', auto_active_status: 1 }],
    answers: [{ what: 'usual', body: OK }],
  }),
  endpoint({
    name: 'license/get_auto_active_status',
    purpose: 'reads that switch',
    token: PROVIDER,
    request: ofCorp,
    response: answer({ auto_active_status: oneOfValues(0, 1) }),
    errcodes: [...OF_A_CORP, 701071],
    pages: [95874, 97200],
    confidence: ['O'],
    asks: [CORP_ASKED],
    answers: [
      { what: 'on', body: { ...OK, auto_active_status: 1 } },
      { what: 'off', body: { ...OK, auto_active_status: 0 } },
    ],
  }),
  endpoint({
    name: 'license/support_policy_query',
    purpose: 'hardship-relief check',
    token: PROVIDER,
    request: ofCorp,
    response: answer({ query_result: oneOfValues(0, 1) }, { unsatisfied_reason: listOf(integer) }),
    errcodes: [...OF_A_CORP, 701112],
    pages: [96515, 97208],
    confidence: ['M'],
    limits: ['one query a corp in 30 days', 'the policy ended on 2023-03-31'],
    asks: [CORP_ASKED],
    answers: [
      { what: 'refused', body: { ...OK, query_result: 0, unsatisfied_reason: [701_091] } },
      { what: 'granted', body: { ...OK, query_result: 1 } },
    ],
    endedWith: 701112,
  }),
];
