import type { Deps } from '../../deps';
import {
  listSealedOtherwise,
  replaceSealed,
  SEALED_COLUMNS,
  type SealedColumn,
  type SealedValue,
} from '../../store/sealed-columns';
import { OperatorError, type Command } from '../command';

const BATCH = 200;

/**
 * Seals everything at rest with the first key of DATA_KEY. Servers may run, with both keys: each value is replaced only
 * if it is still the one that was read, and what they write is sealed with their own first key. It refuses to begin when
 * a value cannot be opened, and may be cut off and begun again.
 */
export const rotateDataKey: Command = {
  name: 'rotate-data-key',
  takes: '[--dry-run]',
  does: 'seals everything at rest with the first DATA_KEY, after which the others may go',
  needs: 0,
  run: async ({ deps, options }) => {
    const counts = await eachColumn(async (column) => countOpenable(deps, column));
    const dry = options['dry-run'] === true;
    const done = dry ? counts : await eachColumn(async (column) => resealAll(deps, column));
    const lines = Object.entries(done).map(
      ([name, count]) => `${name}  ${count} ${dry ? 'to seal anew' : 'sealed anew'}`,
    );
    return {
      lines: [...lines, dry ? 'nothing was changed' : 'the older keys may leave DATA_KEY now'],
      json: { dryRun: dry, ...done },
    };
  },
};

async function eachColumn(work: (column: SealedColumn) => Promise<number>): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const column of SEALED_COLUMNS) counts[`${column.table}.${column.column}`] = await work(column);
  return counts;
}

/** How many values wait to be sealed anew. Throws when one of them cannot be opened: nothing has been changed yet. */
async function countOpenable(deps: Deps, column: SealedColumn): Promise<number> {
  let count = 0;
  for await (const value of sealedOtherwise(deps, column)) {
    openOrRefuse(deps, column, value);
    count += 1;
  }
  return count;
}

async function resealAll(deps: Deps, column: SealedColumn): Promise<number> {
  let count = 0;
  for await (const value of sealedOtherwise(deps, column)) {
    const sealed = deps.sealer.seal(openOrRefuse(deps, column, value), value.context);
    if (await replaceSealed(deps.store.db, column, value, sealed)) count += 1;
  }
  return count;
}

async function* sealedOtherwise(deps: Deps, column: SealedColumn): AsyncGenerator<SealedValue> {
  const { prefix } = deps.sealer;
  for (let after = ''; ;) {
    const values = await listSealedOtherwise(deps.store.db, column, { prefix, after, limit: BATCH });
    yield* values;
    const last = values.at(-1);
    if (last === undefined) return;
    after = last.context;
  }
}

function openOrRefuse(deps: Deps, { column, table }: SealedColumn, { context, sealed }: SealedValue): string {
  try {
    return deps.sealer.open(sealed, context);
  } catch {
    throw new OperatorError(
      `${table}.${column} of ${context} opens with none of the keys in DATA_KEY; nothing more was changed`,
    );
  }
}
