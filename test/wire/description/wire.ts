import { ACCOUNT_ENDPOINTS } from './account-endpoints';
import { APP_LICENCE_ENDPOINTS } from './app-licence-endpoints';
import type { Endpoint } from './endpoint';
import { INSTALL_ENDPOINTS } from './install-endpoints';
import { JOB_ENDPOINTS } from './job-endpoints';
import { LOGIN_ENDPOINTS } from './login-endpoints';
import { MEDIA_ENDPOINTS } from './media-endpoints';
import { MESSAGE_ENDPOINTS } from './message-endpoints';
import { ORDER_ENDPOINTS } from './order-endpoints';
import { TOKEN_ENDPOINTS } from './token-endpoints';

/** WeCom's server API as far as this product speaks it: what the client sends and the sandbox answers is held to it. */
export const WIRE: readonly Endpoint[] = [
  ...TOKEN_ENDPOINTS,
  ...INSTALL_ENDPOINTS,
  ...LOGIN_ENDPOINTS,
  ...ORDER_ENDPOINTS,
  ...JOB_ENDPOINTS,
  ...ACCOUNT_ENDPOINTS,
  ...APP_LICENCE_ENDPOINTS,
  ...MESSAGE_ENDPOINTS,
  ...MEDIA_ENDPOINTS,
];

/** Calls the reference names without saying what they take or answer: nothing could be held to a description. */
export const UNDESCRIBED = [
  'service/contact/sort',
  'service/contact/search',
  'service/contact/batchsearch',
  'service/contact/id_translate',
  'service/batch/getresult',
] as const;

export function findEndpoint(path: string): Endpoint | null {
  return WIRE.find((endpoint) => endpoint.path === path) ?? null;
}
