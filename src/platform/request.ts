import { request } from '@tarojs/taro';
import { faultOf, networkFault } from '../api/api-fault';
import { findToken } from './login';
import { watchAnswer } from './mini/network';
import { clientLanguage } from './mini/words';
import { SERVER_ORIGIN } from './server-origin';

const ANSWER_WITHIN_MS = 15_000;

function headerOf(header: Readonly<Record<string, unknown>> | undefined, name: string): string | null {
  const found = Object.entries(header ?? {}).find(([key]) => key.toLowerCase() === name);
  return found ? String(found[1]) : null;
}

/**
 * The same calls as on H5, with the session's token instead of a cookie.
 * @throws ApiFault
 */
export async function requestJson<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
  const token = findToken();
  const answer = await watchAnswer(
    request<unknown>({
      url: SERVER_ORIGIN + path,
      method,
      data: body,
      timeout: ANSWER_WITHIN_MS,
      header: {
        accept: 'application/json',
        'accept-language': clientLanguage(),
        ...(token && { authorization: `Bearer ${token}` }),
      },
    }).catch(() => Promise.reject(networkFault())),
  );
  const { data, header, statusCode } = answer;
  if (statusCode >= 400) throw faultOf(statusCode, data, headerOf(header, 'retry-after'));
  return data as T;
}
