import type { CorpRef, Wecom } from '../../server/wecom/client';

const CUSTOM: CorpRef = { corpId: 'wpDemoCorp', kind: 'custom', agentId: '1000002', permanentCode: 'code' };
const THIRD_PARTY: CorpRef = { ...CUSTOM, kind: 'third_party' };
const CORP = 'wpDemoCorp';
const PURCHASE = { corpId: CORP, baseCount: 20, externalContactCount: 0, months: 12 };
const DAY_MS = 86_400_000;
const FILES = {
  image: { type: 'image', name: '二维码.png', bytes: Buffer.from('89504e470d0a1a0a', 'hex') },
  voice: { type: 'voice', name: 'note.amr', bytes: Buffer.from('#!AMR\n') },
  video: { type: 'video', name: 'how-to.mp4', bytes: Buffer.from('....ftypisom') },
  file: { type: 'file', name: '名单.csv', bytes: Buffer.from('userid\nwoA') },
} as const;

/** How the server comes to make each call of WeCom's, by the call's name: the method, and all it may be given. */
export const CLIENT_CALLS: Readonly<Record<string, readonly ((wecom: Wecom) => Promise<unknown>)[]>> = {
  'service/get_suite_token': [(wecom) => wecom.getPreAuthCode()],
  'service/get_provider_token': [(wecom) => wecom.getBalanceFen()],
  'service/get_corp_token': [(wecom) => wecom.getPermissions(THIRD_PARTY)],
  gettoken: [(wecom) => wecom.getPermissions(CUSTOM)],
  get_jsapi_ticket: [(wecom) => wecom.getJsTicket(THIRD_PARTY, 'corp')],
  'ticket/get': [(wecom) => wecom.getJsTicket(THIRD_PARTY, 'agent')],
  getcallbackip: [(wecom) => wecom.getCallbackAddresses(THIRD_PARTY)],

  'service/get_pre_auth_code': [(wecom) => wecom.getPreAuthCode()],
  'service/set_session_info': [
    (wecom) => wecom.setSessionInfo('pre', true),
    (wecom) => wecom.setSessionInfo('pre', false),
  ],
  'service/get_permanent_code': [(wecom) => wecom.getPermanentCode('auth-code')],
  'service/v2/get_permanent_code': [(wecom) => wecom.getPermanentCode('auth-code')],
  'service/get_auth_info': [(wecom) => wecom.getAuthInfo(THIRD_PARTY)],
  'service/v2/get_auth_info': [(wecom) => wecom.getAuthInfo(THIRD_PARTY)],
  'service/get_admin_list': [(wecom) => wecom.getAdminList(THIRD_PARTY)],
  'agent/get_admin_list': [(wecom) => wecom.getAdminList(CUSTOM)],
  'agent/get_permissions': [(wecom) => wecom.getPermissions(CUSTOM)],
  'service/get_customized_auth_url': [(wecom) => wecom.getTemplateLink('channel01')],
  'service/corpid_to_opencorpid': [(wecom) => wecom.getOpenCorpId('ww0123456789abcdef')],

  'service/auth/getuserinfo3rd': [
    (wecom) => wecom.exchangeOAuthCode('code'),
    (wecom) => wecom.exchangeWebLoginCode('code'),
  ],
  'auth/getuserinfo': [(wecom) => wecom.exchangeCustomCode(CUSTOM, 'code')],
  'service/get_login_info': [(wecom) => wecom.exchangeAdminCode('code')],
  'service/miniprogram/jscode2session': [(wecom) => wecom.exchangeMiniProgramCode('code')],
  'miniprogram/jscode2session': [(wecom) => wecom.exchangeMiniProgramCode('code', CUSTOM)],

  'license/create_new_order': [
    (wecom) => wecom.createOrder({ ...PURCHASE, buyerUserId: 'zhangsan' }),
    (wecom) => wecom.createOrder({ ...PURCHASE, months: 1, days: 5, externalContactCount: 3, buyerUserId: 'zhangsan' }),
  ],
  'license/create_renew_order_job': [
    (wecom) => wecom.addToRenewalJob(CORP, [{ userId: 'woA', type: 'base' }], null),
    (wecom) => wecom.addToRenewalJob(CORP, [{ userId: 'woB', type: 'external_contact' }], 'JOB'),
  ],
  'license/submit_order_job': [
    (wecom) => wecom.submitRenewalJob('JOB', 'zhangsan', { months: 12 }),
    (wecom) => wecom.submitRenewalJob('JOB', 'zhangsan', { expiresAtMs: 1_767_225_600_000 + 40 * DAY_MS }),
  ],
  'license/list_order': [
    (wecom) => wecom.listOrders(CORP, 0, 31 * DAY_MS, null),
    (wecom) => wecom.listOrders(null, 0, DAY_MS, 'page-2'),
  ],
  'license/get_order': [(wecom) => wecom.getOrder('OI001')],
  'license/list_order_account': [
    (wecom) => wecom.listOrderCodes('OI001', null),
    (wecom) => wecom.listRenewedAccounts('OI002', 'page-2'),
  ],
  'license/cancel_order': [(wecom) => wecom.cancelOrder('OI001', CORP), (wecom) => wecom.cancelOrder('OI008', null)],
  'license/create_new_order_job': [
    (wecom) => wecom.addToMultiCorpJob([{ ...PURCHASE, autoActivation: true }], null),
    (wecom) => wecom.addToMultiCorpJob([{ ...PURCHASE, autoActivation: false }], 'JOB'),
  ],
  'license/submit_new_order_job': [(wecom) => wecom.submitMultiCorpJob('JOB', 'zhangsan')],
  'license/new_order_job_result': [(wecom) => wecom.getMultiCorpResult('JOB')],
  'license/get_union_order': [
    (wecom) => wecom.getMultiCorpOrder('OI008', null),
    (wecom) => wecom.getMultiCorpOrder('OI008', 'page-2'),
  ],
  'license/submit_pay_job': [(wecom) => wecom.payFromBalance('OI001', 'zhangsan')],
  'license/pay_job_result': [(wecom) => wecom.getPaymentResult('PAY')],
  'service/get_account_balance': [(wecom) => wecom.getBalanceFen()],

  'license/active_account': [(wecom) => wecom.activateCode(CORP, { code: 'LA1', userId: 'woA' })],
  'license/batch_active_account': [(wecom) => wecom.activateCodes(CORP, [{ code: 'LA1', userId: 'woA' }])],
  'license/active_account_by_type': [
    (wecom) => wecom.activateByType(CORP, 'woA', 'base'),
    (wecom) => wecom.activateByType(CORP, 'woA', 'external_contact'),
  ],
  'license/batch_transfer_license': [(wecom) => wecom.transferLicences(CORP, [{ fromUserId: 'woA', toUserId: 'woB' }])],
  'license/batch_share_active_code': [
    (wecom) => wecom.shareCodes({ fromCorpId: 'wpUp', toCorpId: 'wpDown', codes: ['LA1'], link: 'upstream' }),
    (wecom) => wecom.shareCodes({ fromCorpId: 'wpUp', toCorpId: 'wpDown', codes: ['LA1'], link: 'linked_corps' }),
  ],
  'license/get_active_info_by_code': [(wecom) => wecom.getCode(CORP, 'LA1')],
  'license/batch_get_active_info_by_code': [(wecom) => wecom.getCodes(CORP, ['LA1', 'LA9'])],
  'license/list_actived_account': [
    (wecom) => wecom.listActivatedAccounts(CORP, null),
    (wecom) => wecom.listActivatedAccounts(CORP, 'page-2'),
  ],
  'license/get_active_info_by_user': [(wecom) => wecom.getActiveInfoByUser(CORP, 'woA')],
  'license/get_app_license_info': [(wecom) => wecom.getAppLicence(CORP)],
  'license/set_auto_active_status': [
    (wecom) => wecom.setAutoActivation(CORP, true),
    (wecom) => wecom.setAutoActivation(CORP, false),
  ],
  'license/get_auto_active_status': [(wecom) => wecom.getAutoActivation(CORP)],
  'license/support_policy_query': [(wecom) => wecom.querySupportPolicy(CORP)],

  'message/send': [
    (wecom) =>
      wecom.sendMessage(THIRD_PARTY, {
        toUserIds: ['woA', 'woB'],
        card: {
          kind: 'notice',
          source: { text: '许可门', colour: 'red' },
          title: '名额将到期',
          description: '还有 7 天',
          emphasis: { title: '7', description: '天' },
          rows: [{ label: '详情', value: '打开', url: 'https://gate.example/licence' }],
          links: [{ title: '帮助', url: 'https://gate.example/help' }],
          miniProgram: { appId: 'wx1', pagePath: 'pages/licence/index' },
          taskId: 'expiry-20260101',
        },
        onceWithinSeconds: 1800,
      }),
    (wecom) =>
      wecom.sendMessage(THIRD_PARTY, {
        toUserIds: ['woA'],
        card: {
          kind: 'buttons',
          title: '名额将到期',
          buttons: [
            { text: '现在续期', key: 'renew_now' },
            { text: '查看', key: 'see', url: 'https://gate.example/licence' },
          ],
          taskId: 'expiry-20260102',
        },
        confidential: true,
      }),
    (wecom) =>
      wecom.sendMessage(THIRD_PARTY, {
        toUserIds: ['woA'],
        card: {
          kind: 'text_card',
          title: '标题',
          description: '正文',
          url: 'https://gate.example/',
          buttonText: '打开',
        },
      }),
    (wecom) =>
      wecom.sendMessage(THIRD_PARTY, {
        toUserIds: ['woA'],
        media: { kind: 'file', mediaId: 'media' },
        confidential: true,
      }),
    (wecom) =>
      wecom.sendMessage(THIRD_PARTY, {
        toUserIds: ['woA'],
        media: { kind: 'image', mediaId: 'media' },
        onceWithinSeconds: 60,
      }),
  ],
  'message/update_template_card': [
    (wecom) => wecom.changeCard(THIRD_PARTY, { responseCode: 'resp', userIds: ['woA'], to: { buttonText: '已处理' } }),
    (wecom) =>
      wecom.changeCard(THIRD_PARTY, {
        responseCode: 'resp',
        userIds: ['woA'],
        to: { kind: 'notice', title: '已续期', url: 'https://gate.example/licence' },
      }),
  ],
  'message/recall': [(wecom) => wecom.recallMessage(THIRD_PARTY, 'msg')],

  'media/upload': Object.values(FILES).map((file) => (wecom) => wecom.uploadMedia(THIRD_PARTY, file)),
  'service/media/upload': [(wecom) => wecom.uploadProviderMedia(FILES.file)],
};
