import { ACTIONS } from '../../../domain/actions';
import { REASONS, type Reason } from '../../../domain/reasons';
import { decideVerdict } from '../../../domain/verdict';
import { LANGUAGES, type Language } from '../../../domain/words/messages';
import { CATALOGUES } from '../../../domain/words/messages';
import { presentVerdict } from '../../../server/http/present/verdict';
import { NOW } from '../../domain/build-facts';
import { FACTS_OF } from './reason-facts';

const config = { utcOffsetMinutes: 480, purchaseUrl: null };

function view(reason: Reason, lang: Language, role: 'member' | 'admin') {
  const facts = { ...FACTS_OF[reason], administers: role === 'admin' };
  const verdict = decideVerdict(facts, NOW);
  return presentVerdict(facts, verdict, { lang, config, corpId: 'wpCorp', nowMs: NOW });
}

/** The table of the design, with the dates and numbers of FACTS_OF put in. */
const ZH: readonly (readonly [Reason, title: string, sentence: string, member: string[], admin: string[]])[] = [
  ['trial', '试用中', '试用至 12月30日，还剩 39 天', [], ['了解费用']],
  [
    'trial_ending',
    '试用即将结束',
    '试用将于 11月26日 结束，之后没有使用名额的成员将无法打开应用',
    ['提醒管理员'],
    ['购买名额'],
  ],
  ['seat_expiring', '使用名额即将到期', '你的使用名额将于 11月26日 到期', ['提醒管理员续期'], ['去续期']],
  ['stale_facts', '暂时无法核对许可', '正在使用 2 小时 前的结果，应用可继续使用', [], ['查看状态']],
  ['activating', '正在激活', '正在为你激活使用名额，通常几秒完成', [], []],
  ['app_not_installed', '企业未安装此应用', '你所在的企业没有安装此应用，或已将它移除', ['联系分享人'], ['安装应用']],
  ['out_of_range', '你不在应用可见范围内', '管理员把你加入可见范围后即可使用', ['请管理员添加'], ['调整可见范围']],
  [
    'external_contact_needed',
    '此功能需要互通账号',
    '客户联系相关功能需要互通账号，你目前只有基础账号',
    ['申请互通账号'],
    ['购买互通账号'],
  ],
  [
    'open_from_workbench',
    '请从工作台打开一次',
    '企业已购买名额。扫码打开不会自动激活，请到「工作台」点一次本应用',
    ['我已打开，重试', '查看步骤'],
    ['我已打开，重试', '查看步骤'],
  ],
  [
    'activation_off',
    '等待管理员激活',
    '企业已购买名额，但未开启自动激活',
    ['请管理员激活'],
    ['立即激活', '开启自动激活'],
  ],
  ['activation_failed', '激活没有成功', '企业微信暂时没有完成激活（企业微信繁忙）', ['重试'], ['重试', '手动激活']],
  ['codes_generating', '名额正在生成', '订单已支付，企业微信正在生成名额，通常几分钟完成', ['重试'], ['查看订单']],
  ['seat_moved', '你的名额已转给他人', '管理员已将你的使用名额转给其他成员', ['申请名额'], ['分配名额']],
  ['seat_expired', '你的使用名额已到期', '名额已于 11月20日 到期', ['申请续期'], ['去续期']],
  ['codes_lapsed', '名额超过激活期限', '购买的名额未在 11月20日 前激活，已失效', ['申请名额'], ['重新购买']],
  ['no_free_seat', '使用名额已用完', '企业购买的 120 个名额都已分配', ['申请名额'], ['增购', '转移离职成员名额']],
  ['trial_over', '应用无法使用', '试用已于 11月20日 结束，企业还没有购买使用名额', ['提醒管理员购买'], ['购买名额']],
  [
    'facts_unavailable',
    '暂时无法确认使用资格',
    '我们没能从企业微信核对你的使用名额，请稍后再试',
    ['重试'],
    ['重试', '查看状态'],
  ],
];

describe('the words of a verdict', () => {
  test.each(ZH)('%s speaks as the design says', (reason, title, sentence, member, admin) => {
    const shown = view(reason, 'zh-CN', 'member');
    expect(shown).toMatchObject({ reason, title, sentence });
    expect(shown.actions.map((action) => action.label)).toEqual(member);
    expect(view(reason, 'zh-CN', 'admin').actions.map((action) => action.label)).toEqual(admin);
  });

  const cases = REASONS.flatMap((reason) =>
    LANGUAGES.flatMap((lang) => (['member', 'admin'] as const).map((role) => [reason, lang, role] as const)),
  );
  test.each(cases)('%s in %s for a %s is complete, with nothing left to fill in', (reason, lang, role) => {
    const shown = view(reason, lang, role);
    expect(shown.reason).toBe(reason);
    const texts = [shown.title, shown.sentence, ...shown.actions.map((action) => action.label)];
    const rows = shown.why.flatMap((row) => [row.label, row.value]);
    for (const text of [...texts, ...rows]) {
      expect(text).not.toBe('');
      expect(text).not.toMatch(/[{}]|undefined|NaN|null|^(title|sentence|action|why)\./);
    }
    expect(shown.actions.map((action) => action.id)).toEqual(ACTIONS[reason][role]);
    if (lang === 'en') expect(texts.join(' ')).not.toMatch(/\p{Script=Han}/u);
  });

  test('both catalogues fill in the same facts', () => {
    const fields = (text: string) => [...new Set([...text.matchAll(/\{(\w+)/g)].map((found) => found[1]))].sort();
    for (const id of Object.keys(CATALOGUES.en) as (keyof typeof CATALOGUES.en)[]) {
      const zh = fields(CATALOGUES['zh-CN'][id]);
      const en = fields(CATALOGUES.en[id]).filter((field) => zh.includes(field));
      expect({ id, fields: en }).toEqual({ id, fields: zh });
    }
  });
});
