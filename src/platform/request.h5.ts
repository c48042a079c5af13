import { faultOf, networkFault } from '../api/api-fault';

async function send(method: 'GET' | 'POST', path: string, body: unknown): Promise<Response> {
  const headers = { accept: 'application/json', ...(body !== undefined && { 'content-type': 'application/json' }) };
  try {
    return await fetch(path, { method, headers, credentials: 'same-origin', body: JSON.stringify(body) });
  } catch {
    throw networkFault();
  }
}

/**
 * The gate's own small client: what a verdict needs is on the page before any library is.
 * @throws ApiFault
 */
export async function requestJson<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
  const response = await send(method, path, body);
  const json: unknown = await response.json().catch(() => null);
  if (!response.ok) throw faultOf(response.status, json, response.headers.get('retry-after'));
  return json as T;
}
