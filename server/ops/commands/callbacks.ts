import { handleInbox } from '../../jobs/handle-inbox';
import { listCallbacks, replayCallback } from '../../store/inbox-overview';
import { OperatorError, stringOption, type Command } from '../command';
import { getCorpOnRecord } from '../corp-on-record';
import { moment, table } from '../print';

const STATES = ['new', 'done', 'dead'] as const;
const MOST_SHOWN = 200;

export const callbacks: Command = {
  name: 'callbacks',
  takes: '[--state dead|new|done] [--corp <corpId>]',
  does: 'callbacks as they were received, those given up unless told otherwise',
  needs: 0,
  run: async ({ deps, options }) => {
    const wanted = stringOption(options, 'state') ?? 'dead';
    const state = STATES.find((one) => one === wanted);
    if (state === undefined) throw new OperatorError(`--state is one of ${STATES.join(', ')}`);
    const corpId = stringOption(options, 'corp');
    const rows = await listCallbacks(deps.store.db, { state, corpId }, MOST_SHOWN);
    if (rows.length === 0 && corpId !== undefined) await getCorpOnRecord(deps, corpId);
    const cells = rows.map((row) => [
      row.event_key,
      row.type,
      row.corp_id,
      moment(row.event_at_ms),
      row.attempts,
      row.message,
    ]);
    return { lines: table(['event', 'type', 'corp', 'at', 'attempts', 'why'], cells), json: rows };
  },
};

/** Handling reads the state from WeCom again, so an event may be replayed however old it is. */
export const replay: Command = {
  name: 'replay',
  takes: '<event>',
  does: 'handles a received callback once more, in the running server',
  needs: 1,
  run: async ({ args: [eventKey = ''], deps }) => {
    const replayed = await replayCallback(deps.store.db, eventKey, deps.clock.now());
    if (replayed === 'unknown') throw new OperatorError(`no callback ${eventKey}`);
    if (replayed === 'emptied')
      throw new OperatorError(`what ${eventKey} said was deleted with its corp's data; there is nothing to handle`);
    deps.events.jobDue(handleInbox.name);
    return { lines: [`${eventKey} will be handled by the running server`], json: { eventKey, state: 'new' } };
  },
};
