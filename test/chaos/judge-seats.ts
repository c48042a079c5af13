import type { ActivationCalls } from './activation-calls';
import type { Attempts } from './attempts';
import type { Stage } from './stage';

type Activity = { readonly calls: ActivationCalls; readonly attempts: Attempts };

/** Who came has one code and was activated once; nobody else used any up, and nobody ordered any. */
export async function judgeSeats(
  stage: Stage,
  newcomers: readonly string[],
  { attempts, calls }: Activity,
): Promise<void> {
  const { busy, placed, quiet, sandbox, say } = stage;
  const truths = [busy, quiet].map(({ corpId }) => sandbox.truth(corpId));
  const entitled = new Set([...newcomers, ...quiet.members.map(({ userId }) => userId)]);
  for (const { code, mergedInto, userId } of truths.flatMap((truth) => truth.codes)) {
    if (mergedInto !== null) say(`${code} was merged into another`);
    if (userId !== null && !entitled.delete(userId)) say(`${userId} has a code too many: ${code}`);
  }
  for (const userId of entitled) say(`${userId} has no code`);

  const seats = truths.flatMap(({ members }) =>
    members.flatMap((one) => one.seats.map((seat) => ({ ...seat, ...one }))),
  );
  const seatedAtMs = new Map(seats.map(({ activeAt, type, userId }) => [`${userId}/${type}`, activeAt ?? Infinity]));
  say(...calls.doubles(seatedAtMs), ...(await attempts.stolen()));

  const orders = truths.flatMap((truth) => truth.orders.map(({ orderId }) => orderId));
  for (const orderId of orders) if (!placed.includes(orderId)) say(`nobody placed the order ${orderId}`);
}
