import type { Deps } from '../deps';
import { findCorp } from '../store/corps';
import type { CorpsTable } from '../store/schema';
import { OperatorError } from './command';

/** The corp's row, installed or removed. A mistyped id is said so, instead of an empty answer that looks like good news. */
export async function getCorpOnRecord({ store }: Pick<Deps, 'store'>, corpId: string): Promise<CorpsTable> {
  const row = await findCorp(store.db, corpId);
  if (row === null) throw new OperatorError(`no corp ${corpId} is on record`);
  return row;
}
