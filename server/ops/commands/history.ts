import { listEntries } from '../../store/ledger';
import { OperatorError, stringOption, type Command } from '../command';
import { getCorpOnRecord } from '../corp-on-record';
import { moment, table } from '../print';

const MOST_SHOWN = 500;

/** What changed in a corp's ledger, why we looked, and when. */
export const history: Command = {
  name: 'history',
  takes: '<corpId> [--after <seq>]',
  does: "every change of a corp's ledger, oldest first",
  needs: 1,
  run: async ({ args: [corpId = ''], deps, options }) => {
    const after = stringOption(options, 'after') ?? '0';
    if (!/^\d{1,15}$/.test(after)) throw new OperatorError('--after is the number of an entry');
    const entries = await listEntries(deps.store.db, corpId, Number(after), MOST_SHOWN);
    // Orders of a corp that never had the app have a history too.
    if (entries.length === 0) await getCorpOnRecord(deps, corpId);
    const cells = entries.map((entry) => [
      entry.seq,
      moment(entry.observed_at_ms),
      entry.subject,
      entry.subject_id,
      entry.kind,
      entry.cause,
      entry.change_json,
    ]);
    const more = entries.length === MOST_SHOWN ? [`more with --after ${entries.at(-1)?.seq}`] : [];
    return {
      lines: [...table(['seq', 'seen', 'what', 'which', 'change', 'why', 'to'], cells), ...more],
      json: entries,
    };
  },
};
