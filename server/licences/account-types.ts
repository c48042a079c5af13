import type { AccountType } from '../../domain/facts';

/** The number the store keeps for an account type: WeCom's own. */
export function typeNumber(type: AccountType): number {
  return type === 'base' ? 1 : 2;
}

/** The account type behind a stored number. */
export function accountType(number: number): AccountType {
  return number === 1 ? 'base' : 'external_contact';
}
