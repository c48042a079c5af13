import type { Reason } from './reasons';

/**
 * What a person can do about a verdict, first one main. The ids are the contract between server and front end:
 * `request_*` queue one grouped request for the administrators; `recheck` asks WeCom again.
 */
export const ACTION_IDS = [
  'request_trial_end',
  'request_renewal',
  'request_range',
  'request_contact_seat',
  'request_activation',
  'request_seat',
  'request_purchase',
  'contact_sharer',
  'recheck',
  'show_steps',
  'see_costs',
  'buy_seats',
  'renew_seats',
  'see_status',
  'install_app',
  'adjust_range',
  'buy_contact_seats',
  'activate_now',
  'enable_auto_activation',
  'activate_by_hand',
  'see_orders',
  'assign_seat',
  'transfer_leavers',
] as const;

export type ActionId = (typeof ACTION_IDS)[number];

type Actions = Readonly<Record<'member' | 'admin', readonly ActionId[]>>;

const none: Actions = { member: [], admin: [] };
const steps: readonly ActionId[] = ['recheck', 'show_steps'];

/** Actions of each reason by role, main one first (design: verdict words). */
export const ACTIONS: Readonly<Record<Reason, Actions>> = {
  outsider_free: none,
  checking_off: none,
  seat_valid: none,
  trial: { member: [], admin: ['see_costs'] },
  trial_ending: { member: ['request_trial_end'], admin: ['buy_seats'] },
  seat_expiring: { member: ['request_renewal'], admin: ['renew_seats'] },
  stale_facts: { member: [], admin: ['see_status'] },
  activating: none,
  app_not_installed: { member: ['contact_sharer'], admin: ['install_app'] },
  out_of_range: { member: ['request_range'], admin: ['adjust_range'] },
  external_contact_needed: { member: ['request_contact_seat'], admin: ['buy_contact_seats'] },
  open_from_workbench: { member: steps, admin: steps },
  activation_off: { member: ['request_activation'], admin: ['activate_now', 'enable_auto_activation'] },
  activation_failed: { member: ['recheck'], admin: ['recheck', 'activate_by_hand'] },
  codes_generating: { member: ['recheck'], admin: ['see_orders'] },
  seat_moved: { member: ['request_seat'], admin: ['assign_seat'] },
  seat_expired: { member: ['request_renewal'], admin: ['renew_seats'] },
  codes_lapsed: { member: ['request_seat'], admin: ['buy_seats'] },
  no_free_seat: { member: ['request_seat'], admin: ['buy_seats', 'transfer_leavers'] },
  trial_over: { member: ['request_purchase'], admin: ['buy_seats'] },
  facts_unavailable: { member: ['recheck'], admin: ['recheck', 'see_status'] },
};
