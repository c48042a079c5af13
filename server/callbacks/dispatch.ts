import type { Deps } from '../deps';
import { findCorp } from '../store/corps';
import type { CallbackEvent, EventOf } from './events';
import { handleAutoActivate } from './handlers/auto-activate';
import { handleCancelAuth } from './handlers/cancel-auth';
import { handleChangeAppAdmin } from './handlers/change-app-admin';
import { handleChangeAuth } from './handlers/change-auth';
import { handleCorpTouched } from './handlers/corp-touched';
import { handleChangeContact } from './handlers/change-contact';
import { handleCreateAuth } from './handlers/create-auth';
import { handleLicencePaid, handleLicenceRefund } from './handlers/licence-order';
import { handleEnterAgent, handleRangeChange, handleUnlicensedNotify } from './handlers/member';
import { handleSuiteTicket } from './handlers/suite-ticket';
import { handleTemplateCardEvent } from './handlers/template-card';

type Handlers = { readonly [T in CallbackEvent['type']]: (deps: Deps, event: EventOf<T>) => Promise<void> };

const HANDLERS: Handlers = {
  suite_ticket: handleSuiteTicket,
  create_auth: handleCreateAuth,
  reset_permanent_code: handleCreateAuth,
  change_auth: handleChangeAuth,
  cancel_auth: handleCancelAuth,
  change_contact: handleChangeContact,
  change_app_admin: handleChangeAppAdmin,
  template_card_event: handleTemplateCardEvent,
  license_pay_success: handleLicencePaid,
  license_refund: handleLicenceRefund,
  auto_activate: handleAutoActivate,
  unlicensed_notify: handleUnlicensedNotify,
  subscribe: handleRangeChange,
  unsubscribe: handleRangeChange,
  enter_agent: handleEnterAgent,
  corp_touched: handleCorpTouched,
  other: async () => {},
};

/** Handles one callback. Handlers read the state again from WeCom, so a repeated or late event changes nothing wrong. */
export async function dispatch<T extends CallbackEvent['type']>(deps: Deps, event: EventOf<T>): Promise<void> {
  const handle: (deps: Deps, event: EventOf<T>) => Promise<void> = HANDLERS[event.type as T];
  if (isOfAnotherSuite(deps, event) || (await isOfRemovedCorp(deps, event))) return;
  await handle(deps, event);
}

/**
 * The provider's login authorisation is a suite of its own, on the same address: what corps do with it is not about the
 * app. Its tickets are kept.
 */
function isOfAnotherSuite({ config, log }: Deps, event: CallbackEvent): boolean {
  if (event.type === 'suite_ticket' || !('suiteId' in event)) return false;
  if (event.suiteId === null || event.suiteId === config.suite.id) return false;
  log.info({ event: event.type, suiteId: event.suiteId }, 'an event of another suite is left alone');
  return true;
}

/** Events that may bring a corp back, or that speak of no corp. */
const ALWAYS = new Set<CallbackEvent['type']>(['suite_ticket', 'create_auth', 'reset_permanent_code', 'cancel_auth']);

/** A late event of a corp that has removed the app: nothing of its members may be kept any more. */
async function isOfRemovedCorp({ store }: Deps, event: CallbackEvent): Promise<boolean> {
  if (ALWAYS.has(event.type) || !('corpId' in event) || event.corpId === null) return false;
  return (await findCorp(store.db, event.corpId))?.status === 'removed';
}
