import { CUSTOM_SUITE, THIRD_PARTY_SUITE } from '../credentials';
import type { Corp } from '../state/types';
import { newId, type World } from '../world';
import { addMember } from './members';

export type NewCorp = {
  readonly name: string;
  readonly kind?: 'third_party' | 'custom';
  readonly corpId?: string;
  readonly sample?: string;
  readonly test?: boolean;
  /** Names; the second is the administrator, or the only one. */
  readonly members?: readonly string[];
};

const DEFAULT_MEMBERS = ['成员一', '成员二', '成员三'];

/** A corp joins WeCom, with people but no app. */
export function createCorp(world: World, wanted: NewCorp): Corp {
  const kind = wanted.kind ?? 'third_party';
  const corp: Corp = {
    corpId: wanted.corpId ?? newId('wpSandbox', 8),
    name: wanted.name,
    sample: wanted.sample ?? null,
    kind,
    suiteId: (kind === 'custom' ? CUSTOM_SUITE : THIRD_PARTY_SUITE).suiteId,
    test: wanted.test ?? false,
    members: [],
    installs: [],
    firstInstalledAtMs: {},
    checking: { status: 1, trial: true, checkAtMs: null },
    autoActivation: {},
    contactRights: { granted: true, outsideUserIds: [] },
    appOrder: null,
    historic: false,
    links: [],
    crowd: null,
  };
  world.state.corps.push(corp);
  const names = wanted.members ?? DEFAULT_MEMBERS;
  for (const name of names) addMember(world, corp, name);
  const creator = corp.members[1] ?? corp.members[0];
  if (creator) Object.assign(creator, { admin: true, userType: 1 });
  return corp;
}
