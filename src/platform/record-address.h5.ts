/** Where one record is read: the session, a visitor's too, says how much of it. */
export function recordAddress(id: string): string {
  return `/api/records/${encodeURIComponent(id)}`;
}
