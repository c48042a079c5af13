import { useGateModel } from '../gate/gate-context';
import type { Words } from '../i18n/words';
import { wordsOf } from '../i18n/words-of';

/** The front end's words in the person's language. */
export function useWords(): Words {
  return wordsOf(useGateModel().state.lang);
}
