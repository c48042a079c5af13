import { WireError } from '../http/wire-error';

/** Refuses with this errcode what a batch has named before. One per batch and kind of name. */
export function refuseRepeats(errcode: 701020 | 701023): (name: string) => void {
  const seen = new Set<string>();
  return (name) => {
    if (seen.has(name)) throw new WireError(errcode);
    seen.add(name);
  };
}
