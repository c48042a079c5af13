import { useCallback, useEffect, useState } from 'react';
import { ApiFault } from './api-fault';
import { useFault } from './use-fault';

/** Something loaded from the server: a skeleton, the thing itself, or what went wrong and a way to try again. */
export type Resource<T> =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly data: T }
  | { readonly status: 'failed'; readonly message: string; readonly code: string };

type Loaded<T> = { readonly resource: Resource<T>; readonly reload: () => void; readonly replace: (data: T) => void };

/** Loads once, and again on demand. `load` must be stable between renders. */
export function useResource<T>(load: () => Promise<T>): Loaded<T> {
  const [resource, setResource] = useState<Resource<T>>({ status: 'loading' });
  const [round, setRound] = useState(0);
  const tell = useFault();
  useEffect(() => {
    let current = true;
    load().then(
      (data) => current && setResource({ status: 'ready', data }),
      (error: unknown) => {
        const message = tell(error);
        if (!current || message === null) return;
        setResource({ status: 'failed', message, code: error instanceof ApiFault ? error.code : 'internal' });
      },
    );
    return () => {
      current = false;
    };
  }, [load, round, tell]);
  const reload = useCallback(() => {
    setResource({ status: 'loading' });
    setRound((n) => n + 1);
  }, []);
  const replace = useCallback((data: T) => setResource({ status: 'ready', data }), []);
  return { resource, reload, replace };
}
