import { ACTIONS, type ActionId } from '../../../domain/actions';
import type { Verdict } from '../../../domain/verdict';
import type { Config } from '../../config';
import { isMessageId, type Say } from '../../words';
import type { ActionView } from '../contract/verdict';

/** Actions that send the person somewhere. The places on the licence page are named by its sections. */
const LINKS: Readonly<Partial<Record<ActionId, string>>> = {
  see_costs: '/admin#costs',
  buy_seats: '/admin#buy',
  renew_seats: '/admin#buy',
  buy_contact_seats: '/admin#buy',
  see_status: '/admin',
  see_orders: '/admin#orders',
  assign_seat: '/admin#requests',
  transfer_leavers: '/admin#leavers',
  adjust_range: '/admin#range',
  install_app: '/install',
};

/** What buying leads to when the provider has a page of its own for it. */
const BUYS: readonly ActionId[] = ['buy_seats', 'renew_seats', 'buy_contact_seats'];
/** What is told on the spot, because nothing here can do it. */
const TOLD: readonly ActionId[] = ['show_steps', 'contact_sharer'];

/** The verdict's actions for the person's role, the main one first. */
export function presentActions(verdict: Verdict, say: Say, config: Pick<Config, 'purchaseUrl'>): ActionView[] {
  return ACTIONS[verdict.reason][verdict.audience].map((id) => {
    const special = `action.${id}.${verdict.reason}`;
    const label = say(isMessageId(special) ? special : `action.${id}`);
    const own = BUYS.includes(id) ? config.purchaseUrl : null;
    const href = own ?? LINKS[id] ?? null;
    const kind = href !== null ? 'link' : TOLD.includes(id) ? 'steps' : 'post';
    return { id, label, kind, href };
  });
}
