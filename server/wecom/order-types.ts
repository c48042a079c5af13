import { z } from 'zod';
import type { AccountType } from '../../domain/facts';

/** WeCom's month is always 31 days, and an order lasts from one to sixty of them (97182). */
const DAYS_OF_A_MONTH = 31;
const LEAST_DAYS = 31;
export const MOST_DAYS = 1860;
const MOST_ACCOUNTS = 1_000_000;

const count = z.number().int().min(0).max(MOST_ACCOUNTS);
const purchase = {
  corpId: z.string().min(1),
  baseCount: count,
  externalContactCount: count,
  months: z.number().int().min(0).max(60).default(0),
  /** Beside the months; not for a test corp. */
  days: z.number().int().min(0).max(MOST_DAYS).default(0),
};
type Amount = { baseCount: number; externalContactCount: number; months: number; days: number };
const buysSomething = ({ baseCount, externalContactCount }: Amount) => baseCount + externalContactCount > 0;
const lastsRightly = ({ days, months }: Amount) => {
  const total = months * DAYS_OF_A_MONTH + days;
  return total >= LEAST_DAYS && total <= MOST_DAYS;
};
const NOTHING = { message: 'nothing is bought', path: ['baseCount'] };
const DURATION = { message: `from ${LEAST_DAYS} to ${MOST_DAYS} days in all`, path: ['months'] };

/** `buyerUserId` is a member of the provider's own corp, not the customer's. */
export const NewOrder = z
  .object({ ...purchase, buyerUserId: z.string().min(1) })
  .refine(buysSomething, NOTHING)
  .refine(lastsRightly, DURATION);
export type NewOrder = z.input<typeof NewOrder>;

/** One corp's part of an order for several. WeCom turns auto-activation on unless told otherwise, so it is always said. */
export const CorpPurchase = z
  .object({ ...purchase, autoActivation: z.boolean() })
  .refine(buysSomething, NOTHING)
  .refine(lastsRightly, DURATION);
export type CorpPurchase = z.input<typeof CorpPurchase>;

/** What a renewal adds: months, or everything until the end of the day of a moment. */
export type RenewalSpan = { readonly months: number } | { readonly expiresAtMs: number };

export type Refused<T> = T & { readonly errcode: number };
export type MemberAccount = { readonly userId: string; readonly type: AccountType };

/** A job that collects members or corps until it is submitted; `refused` are those it did not take. */
export type OpenJob<T> = { readonly jobId: string; readonly refused: readonly Refused<T>[] };

/** What became of a submitted purchase for several corps. Readable for seven days. */
export type MultiCorpResult =
  | { readonly state: 'done'; readonly orderId: string }
  | { readonly state: 'running' }
  | { readonly state: 'failed'; readonly refused: readonly Refused<{ readonly corpId: string }>[] };

/** What became of a payment. WeCom's own errcode is 0 in all three. */
export type PaymentResult =
  | { readonly state: 'paid' }
  | { readonly state: 'running' }
  | {
      readonly state: 'failed';
      readonly errcode: number | null;
      readonly refused: readonly Refused<{ readonly corpId: string }>[];
    };

/** The parent of a multi-corp order. */
export type MultiCorpOrder = {
  readonly orderId: string;
  readonly status: number;
  readonly priceFen: number | null;
  readonly createdAtMs: number;
  readonly paidAtMs: number | null;
};

export type MultiCorpPart = {
  readonly orderId: string;
  readonly corpId: string;
  readonly baseCount: number;
  readonly externalContactCount: number;
  readonly months: number | null;
  readonly days: number | null;
};

/** `appOrderLinked` false: the corp's app order could not be linked, though the order was made. */
export type PlacedOrder = { readonly orderId: string; readonly appOrderLinked: boolean };
