/** A refusal of the sandbox, in its own words. */
export class ControlError extends Error {
  /** HTTP status; null when there was no answer. */
  readonly status: number | null;

  constructor(message: string, status: number | null) {
    super(message);
    this.status = status;
  }
}

/** Calls the sandbox's control API. Throws ControlError with the sandbox's message, or when it does not answer. */
export async function control<T>(path: string, body?: unknown): Promise<T> {
  const answer = await fetch(`/sandbox/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  }).catch(() => {
    throw new ControlError('no answer', null);
  });
  const text = await answer.text();
  const json = parseJson(text);
  if (!answer.ok) throw new ControlError(messageOf(json) ?? `HTTP ${answer.status}`, answer.status);
  return json as T;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function messageOf(json: unknown): string | null {
  if (typeof json !== 'object' || json === null || !('error' in json)) return null;
  const error: unknown = json.error;
  if (typeof error === 'string') return error;
  if (typeof error === 'object' && error !== null && 'message' in error) return String(error.message);
  return null;
}
