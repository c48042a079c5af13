import type { SeatActivation } from '../../server/http/contract/admin';
import type { RequestView, VerdictView } from '../../server/http/contract/verdict';
import { beginLogin } from '../platform/login';
import { requestJson } from '../platform/request';

type Capability = VerdictView['capability'];

/** What the gate asks of the server. Handed in, so that a test can stand on the other side. */
export type GatePort = {
  readonly askVerdict: (capability: Capability) => Promise<VerdictView>;
  /** Asks WeCom again now; limited per person (429 with Retry-After). */
  readonly refreshVerdict: (capability: Capability) => Promise<VerdictView>;
  readonly sendRequest: (reason: VerdictView['reason']) => Promise<RequestView>;
  readonly setAutoActivation: (on: boolean) => Promise<unknown>;
  /** Administrators: binds a free account to the one who asks; the answer says whether it did. */
  readonly activateOwn: () => Promise<SeatActivation>;
  readonly login: (returnTo: string) => void;
};

/** The port over HTTP. */
export const httpGatePort: GatePort = {
  askVerdict: (capability) => requestJson('GET', `/api/verdict?capability=${capability}`),
  refreshVerdict: (capability) => requestJson('POST', `/api/verdict/refresh?capability=${capability}`),
  sendRequest: (reason) => requestJson('POST', '/api/requests', { reason }),
  setAutoActivation: (on) => requestJson('POST', '/api/admin/auto-activation', { on }),
  activateOwn: () => requestJson('POST', '/api/admin/seats/own/activate'),
  login: beginLogin,
};
