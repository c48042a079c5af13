import type { Api } from './create-wx';

type Listener = (told: object) => void;

/** One kind of news: `on…` and `off…` for the app, `tell` for the client. */
export type News = {
  readonly apis: Readonly<Record<string, Api>>;
  readonly tell: Listener;
  readonly clear: () => void;
};

export function createNews(name: string): News {
  const listeners = new Set<Listener>();
  return {
    apis: {
      [`on${name}`]: (listener: Listener) => void listeners.add(listener),
      [`off${name}`]: (listener?: Listener) => void (listener ? listeners.delete(listener) : listeners.clear()),
    },
    tell: (told) => listeners.forEach((listener) => listener(told)),
    clear: () => listeners.clear(),
  };
}
