import type { ErrcodeGroup } from './errcode-groups';

/** Errcodes of any call (error page 90313). */
export const GENERAL_GROUPS: readonly ErrcodeGroup[] = [
  {
    code: 'wecom.busy',
    retry: 'busy',
    next: { zh: '稍后会自动重试。', en: 'It is tried again by itself.' },
    rows: [[-1, '企业微信系统繁忙', 'WeCom is busy']],
  },
  {
    code: 'wecom.rate_limited',
    retry: 'window',
    next: { zh: '等限制解除后再试。', en: 'Try again after the block has ended.' },
    rows: [
      [45009, '接口调用次数超过限制', 'too many calls of this API'],
      [45033, '同一企业对同一接口的并发调用过多', 'too many parallel calls of one API by one corp'],
      [701134, '许可接口调用过于频繁', 'licence calls are too frequent'],
    ],
  },
  {
    code: 'wecom.token',
    retry: 'new_token',
    next: { zh: '换一个新的凭证再试一次。', en: 'It is tried once more with a new credential.' },
    rows: [
      [40014, 'access_token 无效或已过期', 'the access_token is invalid or has expired'],
      [40082, 'suite_access_token 无效', 'the suite_access_token is invalid'],
      [42001, 'access_token 已过期', 'the access_token has expired'],
      [42009, 'suite_access_token 已过期', 'the suite_access_token has expired'],
    ],
  },
  {
    code: 'wecom.token',
    retry: 'later',
    next: {
      zh: '等企业微信下一次推送（约十分钟），或在服务商后台手动推送。',
      en: 'Wait for the next push (about ten minutes), or push it by hand in the provider console.',
    },
    rows: [[40085, 'suite_ticket 无效或已过期', 'the suite_ticket is unknown or stale']],
  },
  {
    code: 'wecom.token',
    retry: 'never',
    next: { zh: '这是应用的缺陷，请报告。', en: 'This is a defect of the app; report it.' },
    rows: [
      [41001, '请求缺少 access_token', 'the call lacks its access_token'],
      [41022, '请求缺少 suite_access_token', 'the call lacks its suite_access_token'],
      [41023, '请求缺少 suite_ticket', 'the call lacks its suite_ticket'],
      [41025, '请求缺少 permanent_code', 'the call lacks its permanent_code'],
    ],
  },
  {
    code: 'wecom.credentials',
    retry: 'never',
    next: { zh: '核对服务商后台与服务器的配置。', en: 'Compare the provider console with the server’s configuration.' },
    rows: [
      [40001, 'Secret 错误，或应用已停用', 'the secret is wrong, or the app is stopped'],
      [40080, 'suite_secret 错误', 'the suite_secret is wrong'],
      [40083, 'suite_id 不存在', 'the suite_id is unknown'],
      [40091, 'Secret 不属于这家企业', 'the secret belongs to another corp'],
      [50001, '回调域名不是应用的可信域名', 'the redirect domain is not a trusted domain of the app'],
      [85005, '可信域名的归属还没有验证', 'the trusted domain is not proven to be owned'],
    ],
  },
  {
    code: 'wecom.credentials',
    retry: 'never',
    next: {
      zh: '把服务器的出口 IP 加进服务商后台的 IP 白名单，约一分钟后生效。',
      en: 'Add its IP in the provider console; it counts after about a minute.',
    },
    rows: [[60020, '服务器 IP 不在白名单里', 'the server’s address is not on the allow-list']],
  },
  {
    code: 'wecom.not_authorised',
    retry: 'never',
    next: {
      zh: '请企业管理员重新安装或启用应用。',
      en: 'An administrator of the corp installs or enables the app again.',
    },
    rows: [
      [40084, '永久授权码无效，或企业已取消授权', 'the permanent code is invalid, or the corp removed the app'],
      [48004, '企业没有授权，或已取消授权', 'the corp has not authorised the app, or removed it'],
      [50003, '应用已被企业停用', 'the corp has disabled the app'],
      [701015, '企业没有授权服务商的任何应用', 'the corp has no app of this provider'],
    ],
  },
  {
    code: 'wecom.not_authorised',
    retry: 'never',
    next: { zh: '它不会再安装应用，按已关闭的企业处理。', en: 'It cannot install the app again: close the corp here.' },
    rows: [[301007, '企业已解散或被封禁', 'the corp is dissolved or banned']],
  },
  {
    code: 'wecom.no_permission',
    retry: 'never',
    next: {
      zh: '核对应用的接口权限，或请企业管理员开启。',
      en: 'Check the app’s rights, or ask an administrator of the corp.',
    },
    rows: [
      [48002, '应用没有这个接口的权限', 'the app may not use this API'],
      [48006, '应用长期未使用，权限已被收回', 'the right was withdrawn: the app was unused for long'],
      [701087, '企业没有带客户联系权限的应用', 'the corp has no app with customer-contact rights'],
    ],
  },
  {
    code: 'wecom.out_of_range',
    retry: 'never',
    next: { zh: '请管理员调整应用的可见范围。', en: 'An administrator changes the app’s visible range.' },
    rows: [
      [50002, '成员不在应用的可见范围内', 'the member is outside the app’s range'],
      [60011, '应用没有访问该成员或部门的权限', 'the app may not see this member or department'],
      [60021, '成员不在应用的可见范围内', 'the member is outside the app’s visible range'],
      [60030, '部门不在应用的可见范围内', 'the department is outside the app’s visible range'],
      [701088, '成员不在服务商任何应用的可见范围内', 'the member is outside the range of the provider’s apps'],
      [701089, '成员不在客户联系应用的可见范围内', 'the member is outside the range of the customer-contact app'],
    ],
  },
  {
    code: 'wecom.out_of_range',
    retry: 'never',
    next: {
      zh: '核对 userid：企业里没有它，或它是明文、而这里要加密的。',
      en: 'Check the userid: the corp has none like it, or it is a plain one.',
    },
    rows: [[60111, '找不到这个成员', 'the member is unknown']],
  },
  {
    code: 'wecom.code_invalid',
    retry: 'never',
    next: { zh: '重新打开应用登录，或重新发起安装。', en: 'Open the app again, or start the installation again.' },
    rows: [
      [40029, '登录 code 无效、用过或已过期', 'the login code is invalid, used or expired'],
      [40077, 'pre_auth_code 无效', 'the pre_auth_code is unknown'],
      [40078, 'auth_code 无效或已使用', 'the auth_code is invalid or was used'],
      [42007, 'pre_auth_code 已过期', 'the pre_auth_code has expired'],
      [42013, '小程序登录态已过期', 'the mini-program session has expired'],
      [42022, '登录 code 已使用', 'the login code was used before'],
      [43016, '查看者在这个浏览器里没有登录', 'the viewer is not logged in in this browser'],
      [43017, '查看者的登录态校验失败', 'the viewer’s login could not be checked'],
      [84014, 'user_ticket 已过期', 'the user_ticket has expired'],
      [84015, 'user_ticket 无效', 'the user_ticket is invalid'],
      [84090, '请求缺少 user_ticket', 'the call lacks its user_ticket'],
    ],
  },
  {
    code: 'wecom.unknown_call',
    retry: 'never',
    next: {
      zh: '核对 WECOM_API_ORIGIN 与企业微信的接口文档。',
      en: 'Check WECOM_API_ORIGIN and WeCom’s documentation.',
    },
    rows: [
      [404, '这个地址没有这个接口（HTTP 404）', 'nothing answers at this path (HTTP 404)'],
      [40066, '企业微信没有这个接口', 'WeCom has no such API'],
    ],
  },
  {
    code: 'wecom.invalid',
    retry: 'never',
    next: {
      zh: '核对请求里的数据；多半是应用的缺陷，请报告。',
      en: 'Check the data of the call; most likely a defect, report it.',
    },
    rows: [
      [40003, 'userid 无效，或不是加密的 userid', 'the userid is invalid, or not an encrypted one'],
      [40005, '媒体的 type 参数无效', 'the media’s type parameter is not valid'],
      [40013, 'corpid 无效', 'the corpid is invalid'],
      [40056, 'agentid 无效', 'the agentid is invalid'],
      [40058, '参数不合法', 'a parameter is not valid'],
      [40086, '套件的 appid 无效', 'the appid of the suite is invalid'],
      [40093, 'JS-SDK 签名不正确', 'the JS-SDK signature is wrong'],
      [41006, '请求缺少 media_id', 'the call lacks its media_id'],
      [42012, 'jsapi_ticket 不是这个应用的', 'the jsapi_ticket is not this app’s'],
      [44001, '上传的请求里没有文件', 'the upload holds no file'],
      [81013, '接收人全部无效、不在范围内或没有许可', 'every recipient is invalid, out of range or unlicensed'],
      [84025, 'state 只能是 128 字节以内的字母和数字', 'the state may hold letters and digits only, 128 at most'],
    ],
  },
  {
    code: 'wecom.invalid',
    retry: 'never',
    next: { zh: '这是应用的缺陷，请报告。', en: 'This is a defect of the app; report it.' },
    rows: [
      [48003, 'suite_id 与凭证不一致', 'the suite_id does not match the credential'],
      [
        301002,
        '凭证属于另一个应用，管不到这个 agentid',
        'the credential is another app’s: it has no right over this agentid',
      ],
    ],
  },
  {
    code: 'wecom.invalid',
    retry: 'never',
    next: { zh: '换成大小和格式符合要求的文件再上传。', en: 'Upload a file of an accepted size and format.' },
    rows: [
      [40004, '企业微信不接受这种媒体文件', 'WeCom does not take this kind of media file'],
      [40006, '媒体文件的大小不符合要求', 'the media file’s size is not accepted'],
      [40009, '图片的大小不符合要求', 'the image’s size is not accepted'],
      [40011, '视频的大小不符合要求', 'the video’s size is not accepted'],
      [40123, '图片的格式不正确，或已损坏', 'the image’s format is wrong, or it is damaged'],
      [45001, '媒体文件太大', 'the media file is too large'],
      [45007, '语音超过 60 秒', 'the voice is longer than 60 seconds'],
    ],
  },
  {
    code: 'wecom.invalid',
    retry: 'never',
    next: { zh: '重新上传文件，用新的 media_id。', en: 'Upload the file again and use its new media_id.' },
    rows: [[40007, 'media_id 无效、过期，或类型不符', 'the media_id is invalid, expired or of another type']],
  },
];
