import type { Config } from '../config';

/** What a suite is there for: the app itself, or the login in a browser where that has a suite of its own (login.md, 4). */
export type SuiteUse = 'app' | 'login';

/** Every suite that has to be pushed a suite_ticket. */
export function suitesInUse({
  loginSuite,
  suite,
}: Pick<Config, 'suite' | 'loginSuite'>): readonly { readonly use: SuiteUse; readonly id: string }[] {
  const app = { use: 'app', id: suite.id } as const;
  return loginSuite.id === suite.id ? [app] : [app, { use: 'login', id: loginSuite.id }];
}
