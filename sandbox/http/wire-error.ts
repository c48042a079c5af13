/** A refusal in WeCom's manner: HTTP 200 with an errcode. `text` is our own words; judge by the code. */
export class WireError extends Error {
  readonly errcode: number;

  constructor(errcode: number, text?: string) {
    super(text ?? ERRCODE_TEXTS[errcode] ?? 'refused');
    this.errcode = errcode;
  }
}

/** Words for the errcodes the sandbox gives (credentials.md section 7, licence-api.md section 6). */
const ERRCODE_TEXTS: Readonly<Record<number, string>> = {
  [-1]: 'system is busy',
  40001: 'invalid secret',
  40003: 'invalid userid',
  40013: 'invalid corpid',
  40014: 'invalid access_token',
  40029: 'invalid code',
  40056: 'invalid agentid',
  40058: 'invalid parameter',
  40077: 'invalid pre_auth_code',
  40078: 'invalid auth_code, or it was used before',
  40080: 'invalid suite_secret',
  40082: 'invalid suite_access_token',
  40083: 'invalid suite_id',
  40084: 'invalid permanent_code, or the authorisation was cancelled',
  40085: 'invalid suite_ticket',
  40091: 'the secret belongs to another corp',
  41001: 'access_token missing',
  41022: 'suite_access_token missing',
  41023: 'suite_ticket missing',
  41025: 'permanent_code missing',
  42001: 'access_token expired',
  42007: 'pre_auth_code expired',
  42009: 'suite_access_token expired',
  42022: 'code was used before',
  45009: 'api freq out of limit',
  47001: 'data format error',
  48002: 'api forbidden for this app',
  48004: 'no authorisation, or it was cancelled',
  50001: 'redirect_uri is not of a trusted domain of the app',
  60020: 'ip is not in the allow-list',
  84014: 'user_ticket expired',
  84015: 'user_ticket invalid',
  84025: 'state must be a-zA-Z0-9, at most 128 bytes',
  84090: 'user_ticket missing',
  701003: 'activation code is bound already',
  701005: 'invalid licence order',
  701007: 'invalid account type',
  701010: 'every account code is invalid',
  701011: 'userid is bound already',
  701012: 'activation code is past its binding deadline',
  701015: 'no authorisation of an app of this provider',
  701016: 'account not activated or expired',
  701017: 'account was transferred within 30 days',
  701018: 'the receiver holds an account of the same type',
  701019: 'userid invalid, or of another corp',
  701020: 'duplicate userid',
  701021: 'invalid activation code',
  701022: 'codes are being generated, retry later',
  701023: 'duplicate activation code',
  701024: 'every item of the batch failed',
  701025: 'the list is empty',
  701026: 'the list is too long',
  701027: 'too many accounts for a test corp',
  701028: 'a test corp may order one month only',
  701030: 'validity would pass 5 years',
  701032: 'an order is unpaid',
  701033: 'an order is still generating codes',
  701035: 'the corp has real orders, no test order',
  701036: 'a test order is running',
  701037: 'an order is in refund',
  701070: 'invalid auto_active_status',
  701071: 'no licence was ever bought for this corp',
  701082: 'the member is active and the old code has more than 20 days left',
  701084: 'order is not waiting for payment',
  701086: 'order is not of this corp',
  701087: 'the corp has no app with customer-contact rights',
  701088: 'member outside the visible range of the apps',
  701099: 'the user has no valid licence',
  701132: 'orders up to 3 months: at most twice the head count',
};

/** WeCom's errmsg: words, then a hint to quote when asking for help. */
export function errmsgOf(error: WireError, hint: string, ip: string): string {
  const query = `https://open.work.weixin.qq.com/devtool/query?e=${error.errcode}`;
  return `${error.message}, hint: [${hint}], from ip: ${ip}, more info at ${query}`;
}
