import Taro, { getSystemInfoSync } from '@tarojs/taro';

type LoginOptions = {
  readonly suiteId?: string;
  readonly timeout?: number;
  readonly success: (result: { code: string }) => void;
  readonly fail: (error: unknown) => void;
};

/** WeCom's own part of the mini-program API (page 92388). */
type Qy = { readonly login: (options: LoginOptions) => void };

/** Several suites may share one mini-program: then the login has to name ours (client 3.1.8 and later). */
declare const BUILD_SUITE_ID: string;
declare const wx: { readonly qy?: Qy } | undefined;

const ANSWER_WITHIN_MS = 10_000;

function findQy(): Qy | null {
  return (Taro as { qy?: Qy }).qy ?? (typeof wx === 'undefined' ? undefined : wx.qy) ?? null;
}

/** Whether this is WeCom: `wx.qy` is only there, and so is `environment`. In WeChat the same package runs without both. */
export function isWecom(): boolean {
  return findQy() !== null || (getSystemInfoSync() as { environment?: string }).environment === 'wxwork';
}

/** WeCom gave no login code: what it said. */
export class LoginRefused extends Error {}

/**
 * A code of the person who holds the device; it works once, for five minutes.
 * @throws LoginRefused
 */
export function askLoginCode(): Promise<string> {
  const qy = findQy();
  if (qy === null) return Promise.reject(new LoginRefused('wx.qy is missing'));
  return new Promise((resolve, reject) => {
    qy.login({
      ...(BUILD_SUITE_ID !== '' && { suiteId: BUILD_SUITE_ID }),
      timeout: ANSWER_WITHIN_MS,
      success: ({ code }) => (code ? resolve(code) : reject(new LoginRefused('no code'))),
      fail: (error) => reject(new LoginRefused(JSON.stringify(error))),
    });
  });
}
