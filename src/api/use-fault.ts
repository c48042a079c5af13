import { useCallback } from 'react';
import { useGate } from '../gate/gate-context';
import { wordsOf } from '../i18n/words-of';
import { ApiFault } from './api-fault';

/**
 * What a feature does with a failed call: a lost session logs in again, a right that ended meanwhile shows the gate's
 * screen, anything else comes back as a sentence to show.
 */
export function useFault(): (error: unknown) => string | null {
  const { store, port } = useGate();
  return useCallback(
    (error) => {
      const { state } = store.get();
      const { failed } = wordsOf(state.lang);
      if (!(error instanceof ApiFault)) return failed.again;
      if (error.status === 401) {
        port.login(state.returnTo);
        return null;
      }
      if (error.code.startsWith('access.')) {
        port.askVerdict('base').then(store.show, () => store.update({ problem: failed.sentence }));
        return null;
      }
      return error.message || (error.code === 'network' ? failed.sentence : failed.again);
    },
    [store, port],
  );
}
