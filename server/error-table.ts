/**
 * What one fault means to the outside. `retry`: the same request may work later. `page`: a person who runs the server
 * should look. `zh` and `en` say what happened and what to do, and nothing of the inside.
 */
type ErrorEntry = {
  readonly status: number;
  readonly retry: boolean;
  readonly page: boolean;
  readonly zh: string;
  readonly en: string;
};

const caller = (status: number, zh: string, en: string): ErrorEntry => ({ status, retry: false, page: false, zh, en });
const later = (status: number, zh: string, en: string): ErrorEntry => ({ status, retry: true, page: false, zh, en });
const defect = (status: number, zh: string, en: string): ErrorEntry => ({ status, retry: false, page: true, zh, en });
const alarm = (status: number, zh: string, en: string): ErrorEntry => ({ status, retry: true, page: true, zh, en });

/** The one table of codes. docs/errors.md says the same; a test compares them. */
export const ERRORS = {
  'request.invalid': caller(
    400,
    '请求的内容不符合要求，请检查后重试。',
    'The request is not valid. Check it and try again.',
  ),
  'request.origin': caller(
    403,
    '请求不是从本应用的页面发出的，请回到应用内重新操作。',
    'This request did not come from a page of this app. Go back to the app and try again.',
  ),
  'request.not_found': caller(
    404,
    '没有找到这个内容，请确认链接是否完整。',
    'This was not found. Check that the link is complete.',
  ),
  'request.method': caller(405, '这个地址不支持这种请求方式。', 'This address does not take this kind of request.'),
  'request.too_large': caller(
    413,
    '提交的内容太大，请减少后重试。',
    'The request is too large. Send less and try again.',
  ),
  'request.media_type': caller(
    415,
    '不支持这种内容格式，请使用 JSON 或表单。',
    'This content type is not supported. Send JSON or a form.',
  ),
  'request.rate_limited': later(
    429,
    '操作太频繁了，请稍等片刻再试。',
    'Too many requests. Wait a moment and try again.',
  ),

  'auth.required': caller(401, '请先登录：在企业微信中打开本应用。', 'Please log in: open this app in WeCom.'),
  'auth.state': caller(400, '这次登录已经失效，请重新打开应用。', 'This login is no longer valid. Open the app again.'),
  'auth.code': caller(
    401,
    '登录凭证已经用过或过期，请重新打开应用。',
    'The login code was used or has expired. Open the app again.',
  ),
  'auth.forbidden': caller(
    403,
    '只有本应用的管理员可以这样做，请联系管理员。',
    'Only administrators of this app may do this. Ask an administrator.',
  ),

  'access.blocked': caller(
    403,
    '你现在不能使用这个功能，请打开应用查看原因和解决办法。',
    'You cannot use this feature now. Open the app to see why and what to do.',
  ),
  'access.activating': later(
    403,
    '正在为你开通，请稍等几秒再试。',
    'Your seat is being activated. Try again in a few seconds.',
  ),
  'access.outsider': caller(
    403,
    '只有企业成员可以使用这个功能，请用企业微信账号打开。',
    'Only members of a company can use this. Open it with a WeCom account.',
  ),

  'callback.malformed': caller(400, '回调内容无法解析。', 'The callback could not be read.'),
  'callback.signature': caller(401, '回调签名不正确。', 'The callback signature is wrong.'),
  'callback.receiver': caller(401, '这个回调不是发给本应用的。', 'This callback is not for this app.'),
  'callback.replay': caller(401, '回调的时间不在允许范围内。', 'The callback is too old or too new.'),

  'install.code_used': caller(
    409,
    '这个安装链接已经用过或失效，请重新发起安装。',
    'This installation link was used or has expired. Start the installation again.',
  ),

  'licence.never_paid': caller(
    409,
    '企业购买过使用名额后才能开启自动激活，请先购买。',
    'Auto-activation can be turned on once your company has bought seats. Buy some first.',
  ),
  'licence.code_unusable': caller(
    409,
    '这个名额现在不能使用，请换一个，或先购买。',
    'This seat cannot be used now. Take another one, or buy some first.',
  ),
  'licence.seat_held': caller(
    409,
    '现在的名额还不能叠加或转移，请等到剩余 20 天以内，或改为续期。',
    'The present seat cannot be extended or moved yet. Wait until 20 days or less are left, or renew it instead.',
  ),
  'licence.generating': later(
    409,
    '购买的名额还在生成，请几分钟后再试。',
    'The seats bought are still being made. Try again in some minutes.',
  ),
  'licence.order_blocked': later(
    409,
    '有一张订单还没有处理完，请先处理它。',
    'An order is not settled yet. Settle it first.',
  ),
  'licence.order_unknown': caller(
    404,
    '没有找到这张订单，请核对订单号。',
    'This order was not found. Check its number.',
  ),
  'licence.order_rules': caller(
    409,
    '这张订单不符合企业微信的购买规则，请调整后再下单。',
    'This order breaks a rule of WeCom for buying seats. Change it and order again.',
  ),
  'licence.share_refused': caller(
    409,
    '名额不能分配给这家企业，请核对上下游关系。',
    'Seats cannot be handed to this company. Check how the two are linked.',
  ),

  'wecom.code_invalid': caller(
    401,
    '企业微信的登录凭证已经用过或过期，请重新打开应用。',
    'The WeCom login code was used or has expired. Open the app again.',
  ),
  'wecom.not_authorised': caller(
    403,
    '你的企业没有安装或已停用本应用，请联系企业管理员。',
    'Your company has not installed this app, or removed it. Ask your administrator.',
  ),
  'wecom.out_of_range': caller(
    403,
    '这位成员不在本应用的可见范围内，请联系管理员调整。',
    "This member is outside the app's visible range. Ask an administrator to change it.",
  ),
  'wecom.unlicensed': caller(
    403,
    '这位成员没有有效的接口许可，请联系管理员。',
    'This member has no valid licence. Ask an administrator.',
  ),
  'wecom.refused': later(
    502,
    '企业微信没有接受这次请求，请稍后重试。',
    'WeCom did not accept the request. Try again later.',
  ),
  'wecom.invalid': defect(
    502,
    '应用发给企业微信的内容有误，请联系应用的服务商。',
    'This app asked WeCom for something it does not take. Contact the provider of this app.',
  ),
  'wecom.malformed': alarm(
    502,
    '企业微信的回答无法识别，请稍后重试。',
    'WeCom gave an answer we could not read. Try again later.',
  ),
  'wecom.unknown_call': alarm(
    502,
    '企业微信不支持这次请求，请联系应用的服务商。',
    'WeCom does not know this request. Contact the provider of this app.',
  ),
  'wecom.no_permission': alarm(
    502,
    '本应用没有这项接口权限，请联系应用的服务商。',
    'This app lacks a permission for this. Contact the provider of this app.',
  ),
  'wecom.token': alarm(
    502,
    '与企业微信的连接凭证失效，请稍后重试。',
    'The connection to WeCom has to be renewed. Try again later.',
  ),
  'wecom.credentials': alarm(
    502,
    '本应用与企业微信的连接配置有误，请联系应用的服务商。',
    'The connection to WeCom is not set up correctly. Contact the provider of this app.',
  ),
  'wecom.busy': later(503, '企业微信正忙，请稍后重试。', 'WeCom is busy. Try again later.'),
  'wecom.rate_limited': later(
    503,
    '企业微信暂时限制了请求次数，请几分钟后重试。',
    'WeCom is limiting requests. Try again in a few minutes.',
  ),
  'wecom.no_suite_ticket': alarm(
    503,
    '正在等待企业微信推送凭证，请约十分钟后重试。',
    'Waiting for a credential that WeCom pushes. Try again in about ten minutes.',
  ),
  'wecom.unreachable': later(
    503,
    '暂时连不上企业微信，请稍后重试。',
    'WeCom cannot be reached at the moment. Try again later.',
  ),
  'wecom.timeout': later(504, '企业微信没有及时回答，请稍后重试。', 'WeCom did not answer in time. Try again later.'),

  'store.unavailable': alarm(
    503,
    '服务暂时无法读写数据，请稍后重试。',
    'The service cannot reach its data at the moment. Try again later.',
  ),
  internal: alarm(
    500,
    '服务出了问题，请稍后重试；如果一直这样，请把请求编号告诉应用的服务商。',
    'Something went wrong. Try again later; if it stays, tell the provider of this app the request id.',
  ),
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof ERRORS;
