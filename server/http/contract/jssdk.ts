import { z } from 'zod';

/** The address of the page that calls `ww.register`, fragment or not. */
export const SignatureQuery = z.object({ url: z.url().max(2048) });

const Signature = z.object({ timestamp: z.number().int(), nonceStr: z.string(), signature: z.string() });

/** What `ww.register` needs: ids of the visitor's own corp, and one signature for each identity. */
export const SignatureResponse = z
  .object({ corpId: z.string(), agentId: z.string().nullable(), config: Signature, agentConfig: Signature })
  .meta({ id: 'JsSdkSignature' });
export type SignatureResponse = z.infer<typeof SignatureResponse>;
