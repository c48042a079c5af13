import type { Deps } from '../../deps';
import { followOrder } from '../../jobs/poll-order';
import { onLicencePaid, onRefund } from '../../licences/apply-event';
import type { EventOf } from '../events';

/** An order was paid (95804 / 97196); its codes may still be in the making, and nobody tells when they are there. */
export async function handleLicencePaid(deps: Deps, event: EventOf<'license_pay_success'>): Promise<void> {
  await onLicencePaid(deps, event.corpId, event.orderId);
  await followOrder(deps, event.corpId, event.orderId);
}

/** A refund was granted or refused (95805 / 97197); the order itself is read for which it was. */
export async function handleLicenceRefund(deps: Deps, event: EventOf<'license_refund'>): Promise<void> {
  await onRefund(deps, event.corpId, event.orderId);
}
