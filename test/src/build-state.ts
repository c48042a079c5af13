import type { Reason } from '../../domain/reasons';
import { ACTIONS } from '../../domain/actions';
import type { VerdictView } from '../../server/http/contract/verdict';
import type { GateState } from '../../src/gate/gate-state';

type Verdict = GateState['verdict'] & object;

/** A verdict of this reason as the server would send it to a member. */
export function buildVerdict(reason: Reason, over: Partial<Verdict> = {}): VerdictView {
  const warns = reason === 'trial_ending' || reason === 'seat_expiring' || reason === 'stale_facts';
  const allows =
    reason === 'trial' || reason === 'seat_valid' || reason === 'checking_off' || reason === 'outsider_free';
  const outcome = warns ? 'warn' : allows ? 'allow' : reason === 'activating' ? 'wait' : 'block';
  return {
    outcome,
    reason,
    capability: 'base',
    until: null,
    daysLeft: warns ? 5 : null,
    audience: 'member',
    actions: ACTIONS[reason].member.map((id) => ({
      id,
      label: `做 ${id}`,
      kind: id === 'show_steps' || id === 'contact_sharer' ? 'steps' : 'post',
      href: null,
    })),
    next: null,
    checkedAt: '2026-11-21T10:24:00+08:00',
    factsAgeMs: 0,
    corpId: 'wpCorp',
    title: `标题 ${reason}`,
    sentence: `原因 ${reason}，11月20日`,
    banner: warns || reason === 'trial',
    bannerCloses: warns || reason === 'trial',
    sheet: reason === 'trial_ending' || reason === 'seat_expiring',
    why: [{ label: '试用结束', value: '11月20日 18:20' }],
    ...over,
  };
}

/** A state that shows this verdict to a member. */
export function buildState(verdict: VerdictView | null, over: Partial<GateState> = {}): GateState {
  return {
    verdict,
    screen: 'verdict',
    lang: 'zh-CN',
    scheme: 'light',
    client: 'wecom',
    desktop: false,
    appName: '点检记录',
    returnTo: '/records',
    person: { corpId: 'wpCorp', isAdmin: false, isOutsider: false },
    request: null,
    failure: null,
    targetTitle: null,
    ...over,
  };
}
