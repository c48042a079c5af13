import { WireError } from '../http/wire-error';

/** `state` of every login and installation URL: letters and digits, at most 128 (84025). May be absent. */
export function requireState(state: string): void {
  if (!/^[a-zA-Z0-9]{0,128}$/.test(state)) throw new WireError(84025);
}

/** A redirect target on one of the app's domains, port included. Throws 50001. */
export function requireAllowedUrl(domains: readonly string[], target: string): URL {
  const url = URL.canParse(target) ? new URL(target) : null;
  const web = url !== null && (url.protocol === 'http:' || url.protocol === 'https:');
  if (!url || !web || !domains.includes(url.host)) throw new WireError(50001);
  return url;
}
