/** What the gate does with a visitor. `warn` lets them in with a notice, `wait` means activation is running. */
export type Outcome = 'allow' | 'warn' | 'wait' | 'block';

/** Every reason a verdict can have, in the order the rules are tried. One reason = one rule = one screen or banner. */
export const REASONS = [
  'outsider_free',
  'app_not_installed',
  'out_of_range',
  'checking_off',
  'seat_valid',
  'seat_expiring',
  'trial',
  'trial_ending',
  'activating',
  'external_contact_needed',
  'open_from_workbench',
  'activation_off',
  'activation_failed',
  'codes_generating',
  'seat_moved',
  'seat_expired',
  'codes_lapsed',
  'no_free_seat',
  'trial_over',
  'stale_facts',
  'facts_unavailable',
] as const;

export type Reason = (typeof REASONS)[number];
