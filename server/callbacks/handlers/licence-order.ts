import type { Deps } from '../../deps';
import { onLicencePaid, onRefund } from '../../licences/apply-event';
import type { EventOf } from '../events';

/** An order was paid (95804 / 97196); its codes may still be in the making. */
export async function handleLicencePaid(deps: Deps, event: EventOf<'license_pay_success'>): Promise<void> {
  await onLicencePaid(deps, event.corpId, event.orderId);
}

/** A refund was granted or refused (95805 / 97197); the order itself is read for which it was. */
export async function handleLicenceRefund(deps: Deps, event: EventOf<'license_refund'>): Promise<void> {
  await onRefund(deps, event.corpId, event.orderId);
}
