import type { LicenceType } from './types';

/** 0 unpaid, 1 paid, 2 cancelled, 3 unpaid and expired, 4 refund requested, 5 refunded, 6 refund refused, 7 void. */
export type OrderStatus = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7;

/**
 * 1 purchase (also each part of a multi-corp one), 2 renewal, 5 and 6 migrations of historic corps, 8 multi-corp
 * purchase as a whole.
 */
export type OrderType = 1 | 2 | 5 | 6 | 8;

export type Order = {
  orderId: string;
  type: OrderType;
  providerId: string;
  /** Null: a multi-corp order as a whole. */
  corpId: string | null;
  /** The multi-corp order this one is a part of. */
  parentId: string | null;
  status: OrderStatus;
  test: boolean;
  baseCount: number;
  externalContactCount: number;
  months: number;
  days: number;
  /** A renewal to a date. */
  newExpiresAtMs: number | null;
  /** Whose accounts a renewal prolongs. */
  renewals: Renewal[];
  /** What the auto-activation switch becomes with the payment; null: it stays. */
  autoActivation: boolean | null;
  priceFen: number;
  buyerUserId: string;
  payMethod: 'console' | 'balance' | null;
  createdAtMs: number;
  paidAtMs: number | null;
  /** When the codes exist (or the expiries have moved); null while unpaid. */
  codesAtMs: number | null;
};

/** One account in a renewal. `gainedMs` is 0 until the order is paid. */
export type Renewal = { userId: string; type: LicenceType; code: string; gainedMs: number };

/** A list of accounts that is to become a renewal order (create_renew_order_job). */
export type RenewJob = {
  jobId: string;
  providerId: string;
  corpId: string;
  accounts: { userId: string; type: LicenceType }[];
  submitted: boolean;
};

export type JobFailure = { corpId: string; errcode: number };

/** One corp's share of a multi-corp purchase. */
export type UnionEntry = {
  corpId: string;
  baseCount: number;
  externalContactCount: number;
  months: number;
  days: number;
  autoActivation: boolean;
};

/** A list of corps that is to become a multi-corp order (create_new_order_job). */
export type UnionJob = {
  jobId: string;
  providerId: string;
  entries: UnionEntry[];
  buyerUserId: string | null;
  submittedAtMs: number | null;
  /** 1 done, 2 being created, 3 failed, as new_order_job_result says. */
  status: 1 | 2 | 3;
  orderId: string | null;
  failures: JobFailure[];
};

/** A payment from the balance (submit_pay_job). `status`: 1 paid, 2 running, 3 failed. */
export type PayJob = {
  jobId: string;
  providerId: string;
  orderId: string;
  submittedAtMs: number;
  status: 1 | 2 | 3;
  errcode: number;
  failures: JobFailure[];
};
