/**
 * What a page of ours may load. Scripts run only by this response's nonce (and what they load themselves).
 *
 * `form-action` also names the login origins: Chromium applies it to every redirect after a submission, so a form sent
 * with an ended session (own path → login → WeCom) would otherwise stop on a blank page.
 */
export function contentSecurityPolicy(nonce: string, loginOrigins: readonly string[]): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    `form-action ${["'self'", ...new Set(loginOrigins)].join(' ')}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
