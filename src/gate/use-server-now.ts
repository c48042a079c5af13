import { useGateModel } from './gate-context';

/** The server's time when it last judged this visit: what "today" and ages on the page are counted from. */
export function useServerNow(): string {
  return useGateModel().state.verdict?.checkedAt ?? '';
}
