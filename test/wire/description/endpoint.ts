import { anyText, integer, noFields, object, type JsonSchema } from './json-schema';

/**
 * How a fact is known: O official page read; M a 2026 SDK's comments restating the page; Z code generated from it in 2023;
 * S other SDKs; C the crawled errcode page; T third party; K own knowledge; ? unverified.
 */
export type Mark = 'O' | 'M' | 'Z' | 'S' | 'C' | 'T' | 'K' | '?';

/** Which credential a call carries, and under which name in the query. */
export type TokenUse = {
  readonly kind: 'suite' | 'provider' | 'corp';
  readonly query: 'suite_access_token' | 'provider_access_token' | 'access_token';
};

export const SUITE: TokenUse = { kind: 'suite', query: 'suite_access_token' };
export const PROVIDER: TokenUse = { kind: 'provider', query: 'provider_access_token' };
export const CORP: TokenUse = { kind: 'corp', query: 'access_token' };

/** An answer WeCom may give; `what` says which trap it holds. */
export type AnswerExample = { readonly what: string; readonly body: object };

/** One call of WeCom's server API, as the reference describes it. */
export type Endpoint = {
  /** The path after /cgi-bin/, misspellings verbatim. */
  readonly name: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly purpose: string;
  readonly token: TokenUse | null;
  /** The query beside the token. */
  readonly query: JsonSchema;
  /** null: no body. Of a form, what form.ts makes of it. */
  readonly request: JsonSchema | null;
  readonly encoding: 'json' | 'form';
  /** A success, and a refusal that carries more than its errcode. */
  readonly response: JsonSchema;
  /** Refusals of this call, beside those every call with its token can give. */
  readonly errcodes: readonly number[];
  /** Pages of developer.work.weixin.qq.com/document/path: third-party app, then custom app. */
  readonly pages: readonly number[];
  readonly confidence: readonly Mark[];
  readonly limits: readonly string[];
  /** Bodies (or queries) that WeCom takes. */
  readonly asks: readonly object[];
  readonly answers: readonly AnswerExample[];
  /** Why the client does not call it; absent where it does. */
  readonly unused?: string;
  /** What it was for has ended: this errcode answers whatever is asked. */
  readonly endedWith?: number;
};

type Described = Pick<Endpoint, 'name' | 'purpose' | 'token' | 'response' | 'pages' | 'confidence' | 'answers'> &
  Partial<Omit<Endpoint, 'path'>>;

export function endpoint(described: Described): Endpoint {
  const method = described.request ? 'POST' : 'GET';
  const path = `/cgi-bin/${described.name}`;
  const usual = { query: noFields, request: null, encoding: 'json', errcodes: [], limits: [], asks: [] } as const;
  return { method, path, ...usual, ...described };
}

type Fields = Parameters<typeof object>[0];

/** A success with its errcode 0. */
export function answer(required: Fields = {}, optional: Fields = {}): JsonSchema {
  return object({ errcode: { const: 0 }, errmsg: anyText, ...required }, optional);
}

/** A success that may lack errcode and errmsg: missing means success (get_provider_token, get_corp_token). */
export function bareAnswer(required: Fields, optional: Fields = {}): JsonSchema {
  return object(required, { errcode: { const: 0 }, errmsg: anyText, ...optional });
}

/** A success, or the same lists under one of these errcodes: a batch in which all failed, a message that reached nobody. */
export function answerAlsoUnder(errcodes: readonly number[], required: Fields, optional: Fields = {}): JsonSchema {
  return object({ errcode: { enum: [0, ...errcodes] }, errmsg: anyText, ...required }, optional);
}

/** A refusal: HTTP 200, errcode, prose, and nothing else. */
export const refusal = object({ errcode: { ...integer, not: { const: 0 } }, errmsg: anyText });

export const OK = { errcode: 0, errmsg: 'ok' };
