import { THIRD_PARTY_SUITE } from '../../sandbox/credentials';
import { decrypt, keyOf } from '../../sandbox/callbacks/cipher';
import { hashSecret } from '../../server/ids';
import type { Stage } from './stage';

/** The callbacks that the server has answered with `success`. */
export type Acknowledged = {
  readonly count: () => number;
  /** Those that are not on record as handled, in words. */
  readonly unhandled: () => Promise<string[]>;
};

export function watchCallbacks({ front, store }: Stage): Acknowledged {
  const key = keyOf(THIRD_PARTY_SUITE.callbackAesKey);
  /** What it said, by the key under which it has to be on record. */
  const taken = new Map<string, string>();
  front.onAsked((path, { answered, body }) => {
    if (!path.startsWith('/wecom/')) return;
    void answered.then((answer) => {
      if (answer?.status !== 200 || answer.text !== 'success') return;
      const encrypted = /<Encrypt><!\[CDATA\[([^\]]+)/.exec(body.toString('utf8'))?.[1] ?? '';
      const { message } = decrypt(key, encrypted);
      const channel = path.slice('/wecom/'.length);
      taken.set(hashSecret(`${channel}\n${message}`), message);
    });
  });
  return {
    count: () => taken.size,
    unhandled: async () => {
      const rows = await store.db.selectFrom('inbox').select(['event_key', 'state']).execute();
      const states = new Map(rows.map((row) => [row.event_key, row.state]));
      return [...taken].flatMap(([eventKey, message]) => {
        const state = states.get(eventKey) ?? 'lost';
        return state === 'done' ? [] : [`an acknowledged callback is ${state}: ${message}`];
      });
    },
  };
}
