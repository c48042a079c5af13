/** Where the browser refuses storage (private windows), a value lives as long as the page. */
const kept = new Map<string, string>();

/** A value kept on this device, or null. */
export function readItem(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return kept.get(key) ?? null;
  }
}

/** Keeps a value on this device. */
export function writeItem(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    kept.set(key, value);
  }
}
