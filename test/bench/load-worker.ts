import autocannon from 'autocannon';
import { randomUUID } from 'node:crypto';
import { envelopeXml, sealCallback } from '../support/seal-callback';
import type { Load, Rate } from './load';

type Callbacks = NonNullable<Load['callbacks']>;

/** Callbacks sealed ahead, so that the load generator does not measure its own cryptography. */
function sealAhead({ token, encodingAesKey, receiveId, count }: Callbacks): { path: string; body: string }[] {
  return Array.from({ length: count }, () => {
    const info = `<xml><SuiteId><![CDATA[${receiveId}]]></SuiteId><InfoType><![CDATA[bench_only]]></InfoType>`;
    const message = `${info}<TimeStamp>1</TimeStamp><Note><![CDATA[${randomUUID()}${'x'.repeat(700)}]]></Note></xml>`;
    const sealed = sealCallback({ token, encodingAesKey }, message, receiveId, Date.now());
    const query = `msg_signature=${sealed.signature}&timestamp=${sealed.timestamp}&nonce=${sealed.nonce}`;
    return { path: `/wecom/command?${query}`, body: envelopeXml(sealed.encrypted, receiveId) };
  });
}

function optionsFor(load: Load): autocannon.Options {
  const { url, connections, seconds, headers, callbacks } = load;
  if (!callbacks) return { url, connections, headers, duration: seconds };
  const sealed = sealAhead(callbacks);
  let next = 0;
  const setupRequest = (request: autocannon.Request) => ({ ...request, ...sealed[next++ % sealed.length] });
  return { url, connections, headers, amount: sealed.length, requests: [{ method: 'POST', setupRequest }] };
}

function runLoad(load: Load): Promise<Rate> {
  const options = optionsFor(load);
  return new Promise((resolve, reject) => {
    // Autocannon counts whole seconds; a given amount of callbacks takes a few, so we measure to the last answer.
    const startedAt = performance.now();
    let lastAt = startedAt;
    const run = autocannon(options, (error: Error | null, result) => {
      if (error) return reject(error);
      const failed = result.errors + result.timeouts + result.non2xx;
      resolve({ perSecond: (result['2xx'] * 1000) / (lastAt - startedAt), failed });
    });
    run.on('response', () => (lastAt = performance.now()));
  });
}

process.once('message', (load: Load) => {
  runLoad(load).then(
    (rate) => process.send?.(rate, () => process.exit(0)),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
