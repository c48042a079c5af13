import { findToken } from './login';

/** Where one record is read. In plain WeChat there is no session: then only the public label is there to read. */
export function recordAddress(id: string): string {
  return `/api/${findToken() === null ? 'labels' : 'records'}/${encodeURIComponent(id)}`;
}
