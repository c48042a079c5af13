/** How an installation from the provider's own link ended. */
export type InstallResult = 'installed' | 'removed' | 'state' | 'code_used' | 'no_ticket' | 'unavailable';

type Words = { readonly title: string; readonly sentence: string; readonly action: string; readonly href: string };

const AGAIN = { 'zh-CN': { action: '重新安装', href: '/install' }, en: { action: 'Install again', href: '/install' } };

/** What the administrator reads: what happened, and the one thing to do next. */
export const INSTALL_WORDS: Readonly<Record<InstallResult, Readonly<Record<'zh-CN' | 'en', Words>>>> = {
  installed: {
    'zh-CN': {
      title: '安装成功',
      sentence: '应用已安装到你的企业。可见范围内的成员现在可以从企业微信「工作台」打开它',
      action: '管理许可',
      href: '/admin',
    },
    en: {
      title: 'Installed',
      sentence:
        'The app is installed in your corp. Members in its visible range can open it from the WeCom Workbench now',
      action: 'Manage licences',
      href: '/admin',
    },
  },
  removed: {
    'zh-CN': { title: '应用已被移除', sentence: '安装之后，企业管理员又移除了此应用', ...AGAIN['zh-CN'] },
    en: {
      title: 'The app was removed',
      sentence: 'After this installation an administrator removed the app',
      ...AGAIN.en,
    },
  },
  state: {
    'zh-CN': {
      title: '安装没有完成',
      sentence:
        '这次安装不是在当前浏览器中开始的，或已超过二十分钟。请重新开始；如果应用已出现在工作台，则无需重复安装',
      ...AGAIN['zh-CN'],
    },
    en: {
      title: 'The installation did not finish',
      sentence:
        'It was not begun in this browser, or more than twenty minutes ago. Start again, unless the app already shows in the Workbench',
      ...AGAIN.en,
    },
  },
  code_used: {
    'zh-CN': {
      title: '授权码已失效',
      sentence: '企业微信的授权码只能使用一次，十分钟内有效。如果应用已出现在工作台，说明安装已完成；否则请重新安装',
      ...AGAIN['zh-CN'],
    },
    en: {
      title: 'The authorisation code is no longer valid',
      sentence:
        'It works once, for ten minutes. If the app already shows in the Workbench the installation is done; otherwise install again',
      ...AGAIN.en,
    },
  },
  no_ticket: {
    'zh-CN': {
      title: '暂时无法安装',
      sentence: '我们还没有收到企业微信推送的凭据（suite_ticket），它每十分钟推送一次。请稍后再试',
      ...AGAIN['zh-CN'],
    },
    en: {
      title: 'Installation is not possible yet',
      sentence:
        'WeCom has not pushed its ticket (suite_ticket) to us yet; it does so every ten minutes. Please try again later',
      ...AGAIN.en,
    },
  },
  unavailable: {
    'zh-CN': { title: '暂时无法安装', sentence: '企业微信没有应答，请稍后再试', ...AGAIN['zh-CN'] },
    en: {
      title: 'Installation is not possible now',
      sentence: 'WeCom did not answer. Please try again later',
      ...AGAIN.en,
    },
  },
};
