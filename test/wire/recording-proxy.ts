import type { Exchange } from './judge';
import { startScriptedWecom } from '../support/scripted-wecom';

export type RecordingProxy = {
  readonly origin: string;
  readonly exchanges: readonly Exchange[];
  /** Plays a WeCom from before v2: such calls are not known, and not recorded. */
  readonly forgetV2: (forgets: boolean) => void;
  readonly close: () => Promise<void>;
};

/** Stands between the client and a WeCom, and keeps what goes over the wire. */
export async function startRecordingProxy(target: string): Promise<RecordingProxy> {
  const exchanges: Exchange[] = [];
  let withoutV2 = false;
  const proxy = await startScriptedWecom(async ({ body, method, path, query }) => {
    if (withoutV2 && path.includes('/v2/')) return (response) => void response.writeHead(404).end();
    const url = new URL(path, target);
    url.search = new URLSearchParams(query).toString();
    const response = await fetch(url, { method, ...writeBody(body) });
    const answer = (await response.json()) as object;
    exchanges.push({ method, path, query, body, answer });
    return answer;
  });
  return { origin: proxy.origin, exchanges, forgetV2: (forgets) => (withoutV2 = forgets), close: proxy.close };
}

function writeBody(body: unknown): RequestInit {
  if (body === null) return {};
  if (body instanceof FormData) return { body };
  return { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
}
