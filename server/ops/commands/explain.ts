import { CAPABILITIES, ENTRIES } from '../../../domain/facts';
import { decideVerdict, type TraceRow } from '../../../domain/verdict';
import { gatherFacts } from '../../licences/facts';
import { factsOfRecord } from '../../licences/facts-of-record';
import { visitOf } from '../../licences/gate';
import { readRecord } from '../../licences/licence-record';
import { forgetStranger, isKnownMember } from '../../store/members';
import { OperatorError, stringOption, type Command } from '../command';
import { moment } from '../print';

/** An operator waits for WeCom longer than a page does. */
const ASK_DEADLINE_MS = 10_000;

/**
 * The verdict of a member's visit and how it came about. Judging here activates nobody; what WeCom says when it is asked is
 * kept as after a visit, but somebody nobody knows is not put on record for being asked about.
 */
export const explain: Command = {
  name: 'explain',
  takes: '<corpId> <userId> [--entry workbench] [--capability base] [--ask]',
  does: "a member's verdict, rule by rule; --ask reads WeCom again first, and keeps what it says",
  needs: 2,
  run: async ({ args: [corpId = '', userId = ''], deps, options }) => {
    const capability = oneOf(CAPABILITIES, stringOption(options, 'capability') ?? 'base', '--capability');
    const entry = oneOf(ENTRIES, stringOption(options, 'entry') ?? 'unknown', '--entry');
    const record = await readRecord(deps, corpId, userId);
    if (record.corp === null) throw new OperatorError(`no corp ${corpId} is on record`);
    const known = await isKnownMember(deps.store.db, corpId, userId);
    const visit = visitOf({ kind: 'member', corpId, userId, entry, loginNamedAgent: false }, capability);
    const nowMs = deps.clock.now();
    const facts =
      options.ask === true
        ? await gatherFacts(deps, visit, { force: true, deadlineMs: ASK_DEADLINE_MS })
        : factsOfRecord(record, visit, deps.config, { nowMs, force: false });
    if (!known) await forgetStranger(deps.store.db, corpId, userId);
    const verdict = decideVerdict(facts, nowMs);
    return {
      lines: [
        ...(known ? [] : [`nobody of the id ${userId} is on record in ${corpId}: no login, no seat; is the id right?`]),
        `${verdict.outcome}  ${verdict.reason}  until ${moment(verdict.untilMs) ?? '–'}  days left ${verdict.daysLeft ?? '–'}`,
        ...verdict.trace.map(({ facts: used, matched, rule }) =>
          `  ${matched ? '→' : ' '} ${rule.padEnd(16)} ${used.map(ageOf).join(', ')}`.trimEnd(),
        ),
        ...(verdict.next === null ? [] : [`next: ${verdict.next.reason} at ${moment(verdict.next.atMs)}`]),
        ...(facts.reachable ? [] : ['WeCom did not answer for all of it']),
      ],
      json: { visit, known, facts, verdict },
    };
  },
};

function ageOf({ ageMs, name, source }: TraceRow['facts'][number]): string {
  return source === 'default'
    ? `${name} (assumed, never told)`
    : `${name} (${source}, ${Math.round(ageMs / 1000)} s old)`;
}

function oneOf<T extends string>(known: readonly T[], value: string, name: string): T {
  const found = known.find((one) => one === value);
  if (found === undefined) throw new OperatorError(`${name} is one of ${known.join(', ')}`);
  return found;
}
