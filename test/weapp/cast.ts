import type { RecordView } from '../../server/http/contract/records';
import { logIn } from '../support/api-client';
import type { MiniStage } from '../support/mini/mini-stage';
import { IN_DEVTOOLS } from '../support/mini/target';

type Member = { readonly corpId: string; readonly userId: string };

/** What needs somebody's hand on the phone: entries with a scene, the network, the clock. DevTools has none. */
export const handTest = IN_DEVTOOLS ? test.skip : test;

/** A record a colleague has made. */
export async function makeRecord(stage: MiniStage, author: Member, title: string): Promise<RecordView> {
  const { json, status, text } = await (await logIn(stage, author)).post('/api/records', { title, note: '' });
  if (status !== 201) throw new Error(`no record was made: ${text}`);
  return json<RecordView>();
}

/** Somebody who joins the corp now: no seat, never seen before. */
export async function newcomer(stage: MiniStage, corpId: string): Promise<Member> {
  const { userId } = await stage.order<{ userId: string }>('members', { corpId, name: '新成员' });
  await stage.settled();
  return { corpId, userId };
}

/** This person's mini-program sessions on the server, oldest first. */
export async function sessionsOf({ deps }: MiniStage, { userId }: Member) {
  const sessions = deps.store.db.selectFrom('sessions').select(['entry', 'sid_hash']).where('user_id', '=', userId);
  return sessions.where('client', '=', 'weapp').orderBy('created_at_ms').execute();
}
