import { request } from '@tarojs/taro';
import { faultOf, networkFault } from '../api/api-fault';
import { findToken } from './login';
import { SERVER_ORIGIN } from './server-origin';

/**
 * The same calls as on H5, with the session's token instead of a cookie.
 * @throws ApiFault
 */
export async function requestJson<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
  const token = findToken();
  const answer = await request<unknown>({
    url: SERVER_ORIGIN + path,
    method,
    data: body,
    header: { accept: 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
  }).catch(() => Promise.reject(networkFault()));
  if (answer.statusCode >= 400) throw faultOf(answer.statusCode, answer.data);
  return answer.data as T;
}
