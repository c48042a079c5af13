import { KINDS, type JobKind } from '../../jobs/kinds';
import { runJobNow } from '../../jobs/queue';
import { listJobs } from '../../store/job-overview';
import { OperatorError, stringOption, type Command } from '../command';
import { getCorpOnRecord } from '../corp-on-record';
import { moment, table } from '../print';

const STATES = ['waiting', 'done', 'dead'] as const;
const MOST_SHOWN = 200;
const kinds = Object.keys(KINDS) as JobKind[];

export const jobs: Command = {
  name: 'jobs',
  takes: '[--state dead|waiting|done] [--kind <kind>] [--corp <corpId>]',
  does: 'jobs in the queue, those given up unless told otherwise',
  needs: 0,
  run: async ({ deps, options }) => {
    const wanted = stringOption(options, 'state') ?? 'dead';
    const state = STATES.find((one) => one === wanted);
    if (state === undefined) throw new OperatorError(`--state is one of ${STATES.join(', ')}`);
    const [named, corpId] = [stringOption(options, 'kind'), stringOption(options, 'corp')];
    const kind = named === undefined ? undefined : kindOf(named);
    const filter = { state, ...(kind === undefined ? {} : { kind }), ...(corpId === undefined ? {} : { corpId }) };
    const rows = await listJobs(deps.store.db, filter, MOST_SHOWN);
    if (rows.length === 0 && corpId !== undefined) await getCorpOnRecord(deps, corpId);
    const cells = rows.map((row) => [row.kind, row.key, row.corp_id, row.state, moment(row.run_at_ms), row.message]);
    return { lines: table(['kind', 'key', 'corp', 'state', 'due', 'why'], cells), json: rows };
  },
};

/** What a job needs to know is given as name=value. */
export const runJob: Command = {
  name: 'run',
  takes: '<kind> [name=value …]',
  does: `runs a job now, in the running server; kinds: ${kinds.join(', ')}`,
  needs: 1,
  run: async ({ args: [named = '', ...pairs], deps }) => {
    const kind = kindOf(named);
    const given = Object.fromEntries(pairs.map(splitPair));
    const payload = KINDS[kind].payload.strict().safeParse(given);
    if (!payload.success) {
      const wrong = payload.error.issues.flatMap((issue) => ('keys' in issue ? issue.keys : issue.path.map(String)));
      const refused = wrong.find((name) => name in given);
      if (refused !== undefined) throw new OperatorError(`${kind} does not take ${refused}=${given[refused]}`);
      throw new OperatorError(`${kind} needs ${wrong.join(', ')}, each as name=value`);
    }
    if ('corpId' in payload.data) await getCorpOnRecord(deps, payload.data.corpId);
    const key = await runJobNow(deps, kind, payload.data);
    return { lines: [`${kind} ${key} is in the queue`], json: { kind, key } };
  },
};

function kindOf(named: string): JobKind {
  const kind = kinds.find((one) => one === named);
  if (kind === undefined) throw new OperatorError(`no kind ${named}; there are ${kinds.join(', ')}`);
  return kind;
}

function splitPair(pair: string): [string, string] {
  const at = pair.indexOf('=');
  return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
}
