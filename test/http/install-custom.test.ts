import { openCorp } from '../../server/corps/open-corp';
import { findSession, createSession } from '../../server/http/session';
import { waitFor } from '../support/wait-for';
import { startWorld, type World } from '../support/world';

let world: World;

beforeEach(async () => {
  world = await startWorld({ kind: 'custom' });
});
afterEach(() => world.close());

test('a custom app is installed by create_auth, and its corp token comes by its own secret', async () => {
  const { corpId } = await world.corp();
  const corp = await waitFor('the corp', () => openCorp(world.deps, corpId));
  expect(corp.kind).toBe('custom');
  await expect(world.deps.tokens.withCorpToken(corp, async (token) => token.length > 0)).resolves.toBe(true);
});

test('after a reset the new permanent code is in use and the old token is forgotten', async () => {
  const { corpId } = await world.corp();
  const before = await waitFor('the corp', () => openCorp(world.deps, corpId));
  const readAdmins = async () => {
    const corp = await openCorp(world.deps, corpId);
    return corp && world.deps.wecom.getAdminList(corp);
  };
  expect(await readAdmins()).toHaveLength(1);
  await world.order('reset-permanent-code', { corpId });
  await waitFor('the new code', async () => {
    const now = await openCorp(world.deps, corpId);
    return now !== null && now.permanentCode !== before.permanentCode;
  });
  await waitFor('a call with it', async () => (await readAdmins().catch(() => null))?.length === 1);
});

test('a member’s leaving reaches a custom app on its data address', async () => {
  const { corpId, members } = await world.corp();
  const userId = members[0]?.userId ?? '';
  const fields = { kind: 'member', client: 'h5', openUserId: null, openId: null, entry: 'workbench' } as const;
  const { token } = await createSession(world.deps, { ...fields, corpId, userId, loginNamedAgent: false });
  await world.order('members', { corpId, userId, action: 'leave' });
  await waitFor('the session to end', async () => (await findSession(world.deps, token)) === null);
});
