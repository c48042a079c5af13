import type { Stage } from './stage';

export type Answer = { readonly status: number; readonly outcome?: string; readonly reason?: string };

/** Between two questions of one visitor. */
const EVERY_MS = 150;

/** The verdict of whoever holds this cookie; null when nobody answered. */
export async function askVerdict(origin: string, cookie: string): Promise<Answer | null> {
  try {
    const answer = await fetch(`${origin}/api/verdict`, { headers: { cookie: `gate_sid=${cookie}` } });
    const { outcome, reason } = JSON.parse(await answer.text()) as Omit<Answer, 'status'>;
    return { status: answer.status, outcome, reason };
  } catch {
    return null;
  }
}

/** Opens a page from a scanned code; the cookie of the session, or null when a fault came between. */
export async function logIn(stage: Stage, corpId: string, userId: string): Promise<string | null> {
  const phone = await stage.phone({ corpId, userId });
  const address = await phone.addressOf('qr', '/records');
  await phone.open(address).catch(() => null);
  return phone.cookie(stage.origin, 'gate_sid') ?? null;
}

type Patience = {
  /** Ends it from outside. */
  readonly over?: AbortSignal;
  readonly everyMs?: number;
  readonly withinMs?: number;
};

/** Does it again and again, as a page does that asks from time to time, until it says true, the time is up, or it is ended. */
export async function keepAsking(
  ask: () => Promise<boolean | void>,
  { everyMs = EVERY_MS, over, withinMs = Infinity }: Patience,
): Promise<void> {
  const endsAtMs = performance.now() + withinMs;
  const isOver = () => over?.aborted === true || performance.now() > endsAtMs;
  while (!isOver() && (await ask()) !== true) await new Promise((resolve) => setTimeout(resolve, everyMs));
}
