import type { Answer } from '../http/wire';
import type { Corp, Install, Suite } from '../state/types';

/** What get_permanent_code and get_auth_info tell about a corp. v2 leaves out the follow QR code. */
export function describeCorp(corp: Corp, version: 1 | 2): Answer {
  const info = {
    corpid: corp.corpId,
    corp_name: corp.name,
    corp_type: 'verified',
    corp_square_logo_url: '',
    corp_user_max: 500,
    corp_full_name: corp.name,
    subject_type: 1,
    verified_end_time: 4102416000,
    corp_scale: '1-50人',
    corp_industry: '制造业',
    corp_sub_industry: '其他',
  };
  return version === 1 ? { ...info, corp_wxqrcode: '' } : info;
}

/** The app inside the corp, with whom it may see. New-style suites have one agent. */
export function describeAgent(corp: Corp, suite: Suite, install: Install): Answer {
  return {
    agent: [
      {
        agentid: install.agentId,
        name: suite.appName,
        round_logo_url: '',
        square_logo_url: '',
        auth_mode: 0,
        is_customized_app: suite.kind === 'custom',
        privilege: describePrivilege(corp),
      },
    ],
  };
}

/** The whole corp while nobody is left out, else the members one by one. */
function describePrivilege(corp: Corp): Answer {
  const inService = corp.members.filter((member) => !member.left);
  const everybody = inService.every((member) => member.inRange);
  return {
    level: 1,
    allow_party: everybody ? [1] : [],
    allow_user: everybody ? [] : inService.filter((member) => member.inRange).map((member) => member.userId),
    allow_tag: [],
    extra_party: [],
    extra_user: [],
    extra_tag: [],
  };
}

/** The administrator who installed the app. A third-party app gets the userid where the name would be. */
export function describeInstaller(corp: Corp, suite: Suite, install: Install): Answer {
  const installer = corp.members.find((member) => member.userId === install.installerUserId);
  return {
    userid: install.installerUserId,
    open_userid: installer?.openUserId ?? '',
    name: suite.kind === 'custom' ? (installer?.name ?? '') : install.installerUserId,
    avatar: '',
  };
}
