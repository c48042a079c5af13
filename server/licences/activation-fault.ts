import { AppError, WecomError } from '../errors';
import { OUT_OF_RANGE } from './out-of-range';

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
  ...Object.fromEntries([...OUT_OF_RANGE].map((errcode) => [errcode, 'range' as const])),
  [-1]: 'busy',
  45009: 'busy',
  45033: 'busy',
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
  701089: 'contact_range',
  701134: 'busy',
};

/** The fault behind an error, without WeCom's own prose. */
export function activationFault(error: unknown): ActivationFault {
  if (error instanceof WecomError)
    return { errcode: error.errcode, message: KIND_OF_ERRCODE[error.errcode] ?? String(error.errcode) };
  if (error instanceof AppError && error.code.startsWith('wecom.')) return { errcode: null, message: 'silent' };
  return { errcode: null, message: 'timeout' };
}
