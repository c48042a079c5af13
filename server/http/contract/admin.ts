import { z } from 'zod';
import { REASONS } from '../../../domain/reasons';

const Time = z.iso.datetime({ offset: true });

export const AdminSeat = z.object({
  /** Opaque id for actions and the name component; never shown as text. */
  userId: z.string(),
  /** Short tag that tells rows apart while names cannot be read. */
  tag: z.string(),
  type: z.enum(['base', 'external_contact']),
  expiresAt: Time,
  daysLeft: z.number().int(),
  state: z.enum(['valid', 'expiring', 'expired']),
});

export const AdminRequest = z.object({
  id: z.string(),
  userId: z.string(),
  tag: z.string(),
  reason: z.enum(REASONS),
  askedAt: Time,
});

/** The first licence page: numbers first, then what needs doing, then the seats. */
export const AdminLicences = z
  .object({
    bought: z.number().int(),
    inUse: z.number().int(),
    free: z.number().int(),
    waiting: z.number().int(),
    generating: z.boolean(),
    checking: z.boolean(),
    trial: z.object({ startsAt: Time, endsAt: Time, daysLeft: z.number().int(), running: z.boolean() }).nullable(),
    checkFrom: Time.nullable(),
    autoActivation: z.boolean(),
    everPaid: z.boolean(),
    /** Nearest deadline by which a free account must be activated. */
    activateBy: Time.nullable(),
    endsByMonth: z.array(z.object({ month: z.string(), seats: z.number().int() })),
    seats: z.array(AdminSeat),
    requests: z.array(AdminRequest),
    orders: z.array(
      z.object({
        orderId: z.string(),
        status: z.string(),
        base: z.number().int(),
        externalContact: z.number().int(),
        createdAt: Time,
      }),
    ),
    /** How to buy: the provider's own page if configured. */
    purchaseUrl: z.url().nullable(),
    checkedAt: Time,
    complete: z.boolean(),
  })
  .meta({ id: 'AdminLicences' });

export const ActivateSeat = z.object({ userId: z.string().min(1).max(128) });
export const SetAutoActivation = z.object({ on: z.boolean() });

/** How an activation by hand stands; `message` says in the person's language why it failed. */
export const SeatActivation = z
  .object({ state: z.enum(['done', 'running', 'failed']), message: z.string().nullable() })
  .meta({ id: 'SeatActivation' });
export const AutoActivation = z.object({ on: z.boolean() }).meta({ id: 'AutoActivation' });

export type SeatActivation = z.infer<typeof SeatActivation>;
export type AutoActivation = z.infer<typeof AutoActivation>;
export type AdminLicences = z.infer<typeof AdminLicences>;
export type AdminSeat = z.infer<typeof AdminSeat>;
export type AdminRequest = z.infer<typeof AdminRequest>;
