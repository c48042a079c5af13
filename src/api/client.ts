import type { AxiosInstance, AxiosResponse } from 'axios';
import { findToken } from '../platform/login';
import { SERVER_ORIGIN } from '../platform/server-origin';
import { ApiFault, faultOf, networkFault } from './api-fault';

/** axios comes when a feature first asks for something: the verdict is on the page before it. */
async function createClient(): Promise<AxiosInstance> {
  const { default: axios } = await import('axios');
  return axios.create({ baseURL: SERVER_ORIGIN, timeout: 15_000, validateStatus: () => true });
}

let client: Promise<AxiosInstance> | undefined;

async function send(method: 'GET' | 'POST', path: string, data: unknown): Promise<AxiosResponse<unknown>> {
  client ??= createClient();
  const token = findToken();
  const headers = token ? { authorization: `Bearer ${token}` } : {};
  return (await client).request({ method, url: path, data, headers });
}

/**
 * One call of a feature's API.
 * @throws ApiFault with the server's code; `network` when nothing came back
 */
export async function callApi<T>(method: 'GET' | 'POST', path: string, data?: unknown): Promise<T> {
  const answer = await send(method, path, data).catch((error: unknown) => {
    client = undefined;
    throw error instanceof ApiFault ? error : networkFault();
  });
  if (answer.status >= 400) throw faultOf(answer.status, answer.data, String(answer.headers['retry-after'] ?? ''));
  return answer.data as T;
}
