import type { RecordView } from '../../server/http/contract/records';
import { logIn } from '../../test/support/api-client';
import type { Stage } from '../../test/support/stage';

/** One screen on both targets: who opens which page, and what is on it when it stands. */
export type TargetScene = {
  readonly name: string;
  readonly shows: readonly string[];
  /** Asked once per target: what a visit changes must not show in the other picture. */
  readonly who: (stage: Stage) => Promise<{ corpId: string; userId: string }>;
  /** The H5's path. */
  readonly path: (stage: Stage) => Promise<string>;
};

const ACTIVATE = '/cgi-bin/license/active_account_by_type';
const WAITS_MS = 60_000;

const sample =
  (name: string, nth = 1): TargetScene['who'] =>
  (stage) =>
    Promise.resolve(stage.member(name, nth));

const page =
  (path: string): TargetScene['path'] =>
  () =>
    Promise.resolve(path);

async function recordPath(stage: Stage): Promise<string> {
  const author = await logIn(stage, stage.member('trial_day_12', 3));
  const made = await author.post('/api/records', { title: '2 号楼 18 层 常闭式防火门', note: '闭门器漏油，已报修。' });
  return `/record?id=${made.json<RecordView>().id}`;
}

/** A newcomer whose activation takes longer than the picture. */
async function waiting(stage: Stage): Promise<{ corpId: string; userId: string }> {
  const { corpId } = stage.member('free_seats');
  const { userId } = await stage.order<{ userId: string }>('members', { corpId, name: '新成员' });
  await stage.settled();
  await stage.order('faults', { endpoint: ACTIVATE, kind: 'slow', ms: WAITS_MS, times: 1 });
  return { corpId, userId };
}

/** The families of screens that somebody meets; the wait comes last, because it spoils WeCom's answers. */
export const TARGET_SCENES: readonly TargetScene[] = [
  { name: 'records', shows: ['#records'], who: sample('trial_day_12'), path: page('/records') },
  { name: 'record', shows: ['#record'], who: sample('trial_day_12'), path: recordPath },
  { name: 'banner', shows: ['#gate-banner', '#records'], who: sample('trial_day_12', 2), path: page('/records') },
  { name: 'sheet', shows: ['#gate-sheet', '#records'], who: sample('trial_5_left'), path: page('/records') },
  { name: 'block-member', shows: ['#gate-block'], who: sample('trial_over'), path: page('/records') },
  { name: 'block-admin', shows: ['#gate-block'], who: sample('trial_over', 2), path: page('/records') },
  { name: 'licences', shows: ['#licences'], who: sample('auto_off', 2), path: page('/admin') },
  { name: 'wait', shows: ['#gate-wait'], who: waiting, path: page('/records') },
];
