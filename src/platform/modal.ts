/** A mini-program has no keyboard focus to hold; its own back gesture leaves the page. */
export function holdFocus(_id: string, _close: () => void): () => void {
  return () => undefined;
}
