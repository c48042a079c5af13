import type { GateState } from './gate-state';

/** Before anything is known: a mini-program that is logging in, or an H5 page that came without its state. */
export const BLANK_STATE: GateState = {
  verdict: null,
  screen: 'verdict',
  lang: 'zh-CN',
  scheme: 'auto',
  client: 'wecom',
  desktop: false,
  appName: '点检记录',
  returnTo: '/records',
  person: null,
  request: null,
  failure: null,
  targetTitle: null,
};
