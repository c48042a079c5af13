import { getLaunchOptionsSync, request } from '@tarojs/taro';
import type { SessionResponse } from '../../server/http/contract/visit';
import type { GateHandle } from '../gate/gate-context';
import { keepToken } from './login';
import { SERVER_ORIGIN } from './server-origin';

type Qy = { login: (options: { success: (result: { code: string }) => void; fail: (error: unknown) => void }) => void };
declare const wx: { qy?: Qy };

function askCode(qy: Qy): Promise<string> {
  return new Promise((resolve, reject) => qy.login({ success: ({ code }) => resolve(code), fail: reject }));
}

async function openSession(code: string): Promise<SessionResponse> {
  const from = getLaunchOptionsSync().query?.['from'];
  const { data, statusCode } = await request<SessionResponse>({
    url: `${SERVER_ORIGIN}/api/session`,
    method: 'POST',
    data: { code, platform: 'weapp', from },
  });
  if (statusCode >= 400) throw new Error(`session refused: ${statusCode}`);
  return data;
}

/** Starts the gate in a mini-program: `wx.qy.login`, then session and verdict in one round trip. */
export async function enter({ store }: GateHandle): Promise<void> {
  const { state } = store.get();
  try {
    if (wx.qy === undefined) throw new Error('not inside WeCom');
    const { token, verdict } = await openSession(await askCode(wx.qy));
    keepToken(token);
    store.show(verdict);
  } catch (error) {
    const problem = error instanceof Error ? error.message : null;
    store.update({
      problem,
      state: { ...state, screen: 'open_in_wecom', client: wx.qy === undefined ? 'wechat' : 'wecom' },
    });
  }
}
