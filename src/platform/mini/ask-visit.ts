import type { SessionResponse, VisitView } from '../../../server/http/contract/visit';
import { ApiFault } from '../../api/api-fault';
import { requestJson } from '../request';
import { readItem, writeItem } from '../storage';
import type { Arrival } from './arrival';
import { dropVisit, keepVisit } from './last-visit';
import { createLoginLimit } from './login-limit';
import { askLoginCode } from './qy';
import { dropSession, findToken, hasFreshSession, keepSession } from './session';

/** A custom app's corp is named by its home path only; later openings are of the same corp. */
const CORP_KEY = 'gate.corp';

function corpOf({ corpId }: Arrival): string | undefined {
  if (corpId !== null) writeItem(CORP_KEY, corpId);
  return corpId ?? readItem(CORP_KEY) ?? undefined;
}

const takeLogin = createLoginLimit();

async function openSession(arrival: Arrival): Promise<SessionResponse> {
  takeLogin();
  const code = await askLoginCode();
  const body = { code, platform: 'weapp', page: arrival.page, corpId: corpOf(arrival) };
  return requestJson<SessionResponse>('POST', '/api/session', body);
}

/** A code that WeCom would not take (spent, or its own session had ended: 42013) is worth one more. */
async function openSessionTwice(arrival: Arrival): Promise<SessionResponse> {
  try {
    return await openSession(arrival);
  } catch (error) {
    if (error instanceof ApiFault && error.code === 'auth.code') return openSession(arrival);
    throw error;
  }
}

async function logIn(arrival: Arrival): Promise<VisitView> {
  const { token, expiresAt, visit } = await openSessionTwice(arrival);
  keepSession(token, expiresAt);
  return visit;
}

/** Nothing of a session that the server has ended may go on serving, least of all its last verdict. */
export function endSession(): void {
  dropSession();
  dropVisit();
}

async function askWithSession(arrival: Arrival): Promise<VisitView> {
  try {
    const visit = await requestJson<VisitView>('GET', `/api/visit?page=${encodeURIComponent(arrival.page)}`);
    return visit.loginAgain ? await logIn(arrival) : visit;
  } catch (error) {
    if (!(error instanceof ApiFault) || error.status !== 401) throw error;
    endSession();
    return logIn(arrival);
  }
}

/** A session on its last day is renewed while the old one still serves: failing to renew it harms nobody. */
function renew(arrival: Arrival): Promise<VisitView> {
  return logIn(arrival).catch(() => askWithSession(arrival));
}

/**
 * What the server says of this opening: one call with the session there is, one login without.
 * @throws ApiFault, LoginRefused, TooManyLogins
 */
export async function askVisit(arrival: Arrival): Promise<VisitView> {
  const known = findToken() !== null;
  const visit = await (hasFreshSession() ? askWithSession(arrival) : known ? renew(arrival) : logIn(arrival));
  keepVisit(visit);
  return visit;
}
