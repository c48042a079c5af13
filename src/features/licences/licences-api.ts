import type { AdminLicences, SeatActivation } from '../../../server/http/contract/admin';
import { callApi } from '../../api/client';

export const findLicences = (): Promise<AdminLicences> => callApi('GET', '/api/admin/licences');

/** Asks WeCom again now. */
export const refreshLicences = (): Promise<AdminLicences> => callApi('POST', '/api/admin/licences/refresh');

/** Binds a free account to the member; the answer says whether it did, and if not, why in words. */
export const assignSeat = (userId: string): Promise<SeatActivation> =>
  callApi('POST', '/api/admin/seats/activate', { userId });

export const setAutoActivation = (on: boolean): Promise<unknown> =>
  callApi('POST', '/api/admin/auto-activation', { on });
