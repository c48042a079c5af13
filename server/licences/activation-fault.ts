import { AppError, WecomError } from '../errors';

/** Why an activation did not succeed; `fault.{kind}` in the words says it. */
export const FAULT_KINDS = [
  'timeout',
  'silent',
  'busy',
  'range',
  'contact_range',
  'contact_app',
  'too_long',
  'still_valid',
  'already_bound',
  'no_account',
  'deadline',
  'conflict',
  'unknown_member',
  'not_authorised',
  'never_paid',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** `message` is a FaultKind, or WeCom's bare errcode when there is no better word for it. */
export type ActivationFault = { readonly errcode: number | null; readonly message: string };

const KIND_OF_ERRCODE: Readonly<Record<number, FaultKind>> = {
  [-1]: 'busy',
  45009: 'busy',
  45033: 'busy',
  50002: 'range',
  60011: 'range',
  60111: 'unknown_member',
  701003: 'conflict',
  701010: 'no_account',
  701011: 'already_bound',
  701012: 'deadline',
  701015: 'not_authorised',
  701019: 'unknown_member',
  701021: 'no_account',
  701030: 'too_long',
  701071: 'never_paid',
  701081: 'conflict',
  701082: 'still_valid',
  701087: 'contact_app',
  701088: 'range',
  701089: 'contact_range',
  701134: 'busy',
};

/** 701088 outside the range of the provider's apps; 50002, 60011 the app cannot see the member. */
const OUT_OF_RANGE = new Set([701088, 50002, 60011]);

/** The fault behind an error, without WeCom's own prose. */
export function activationFault(error: unknown): ActivationFault {
  if (error instanceof WecomError)
    return { errcode: error.errcode, message: KIND_OF_ERRCODE[error.errcode] ?? String(error.errcode) };
  if (error instanceof AppError && error.code.startsWith('wecom.')) return { errcode: null, message: 'silent' };
  return { errcode: null, message: 'timeout' };
}

/** Whether WeCom refused because the member cannot see the app. */
export function meansOutOfRange(error: unknown): boolean {
  return error instanceof WecomError && OUT_OF_RANGE.has(error.errcode);
}
