/** Milliseconds by this device's clock: for waiting times and ages only, never for a right that ends. */
export function nowMs(): number {
  return Date.now();
}
