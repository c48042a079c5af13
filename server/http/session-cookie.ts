import type { Config } from '../config';
import type { Deps } from '../deps';
import type { AppContext } from './router';

function isSecure(config: Config): boolean {
  return config.publicUrl.startsWith('https:');
}

/** `__Host-` makes browsers refuse the cookie from any other host or path; it needs https. */
export function sessionCookieName(config: Config): string {
  return isSecure(config) ? '__Host-gate_sid' : 'gate_sid';
}

/** Hands a session to the browser. Lax: a link from a chat keeps it, somebody else's form does not. */
export function sendSessionCookie(
  deps: Pick<Deps, 'config' | 'clock'>,
  ctx: AppContext,
  session: { readonly token: string; readonly expiresAtMs: number },
): void {
  ctx.cookies.set(sessionCookieName(deps.config), session.token, {
    httpOnly: true,
    sameSite: 'lax',
    secure: isSecure(deps.config),
    maxAge: session.expiresAtMs - deps.clock.now(),
    path: '/',
    overwrite: true,
    signed: false,
  });
}

/** Value of one cookie of a Cookie header; null when it is not there. */
export function readCookie(header: string | undefined, name: string): string | null {
  if (!header) return null;
  for (const part of header.split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return null;
}
