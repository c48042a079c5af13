/**
 * Tells the server that a banner was closed today, so that the next page is drawn without it and nothing moves. Only a
 * wish about looks: `reason.day`, readable by anyone, believed by nothing.
 */
export function rememberQuiet(value: string): void {
  document.cookie = `gate_quiet=${encodeURIComponent(value)}; path=/; max-age=86400; samesite=lax`;
}
