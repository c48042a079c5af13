import { THIRD_PARTY_SUITE } from '../../sandbox/credentials';
import { decrypt, keyOf } from '../../sandbox/callbacks/cipher';
import { hashSecret } from '../../server/ids';
import { keepAsking } from './ask';
import type { Stage } from './stage';

const WITHIN_MS = 20_000;

/** The callbacks that the server has answered with `success`. */
export type Acknowledged = {
  readonly count: () => number;
  /** Those that do not get on record as handled, in words. */
  readonly unhandled: () => Promise<string[]>;
};

type Unhandled = { readonly message: string; readonly state: string };

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
  const unhandled = async (): Promise<Unhandled[]> => {
    const rows = await store.db.selectFrom('inbox').select(['event_key', 'state']).execute();
    const states = new Map<string, string>(rows.map((row) => [row.event_key, row.state]));
    const all = [...taken].map(([eventKey, message]) => ({ message, state: states.get(eventKey) ?? 'lost' }));
    return all.filter(({ state }) => state !== 'done');
  };
  return {
    count: () => taken.size,
    unhandled: async () => {
      let left: Unhandled[] = [];
      // WeCom goes on sending, such as tickets: what came just now is handled in a moment.
      const isSettled = async () => (left = await unhandled()).every(({ state }) => state !== 'new');
      await keepAsking(isSettled, { withinMs: WITHIN_MS });
      return left.map(({ message, state }) => `an acknowledged callback is ${state}: ${message}`);
    },
  };
}
