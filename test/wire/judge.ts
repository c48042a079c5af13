import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import { refusal, type Endpoint } from './description/endpoint';
import { ANY_CALL, TOKEN_ERRCODES } from './description/errcodes';
import type { JsonSchema } from './description/json-schema';
import { findEndpoint } from './description/wire';
import { describeForm } from './form';

/** One call and its answer, as they went over the wire. */
export type Exchange = {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly answer: unknown;
};

const ajv = new Ajv2020({ allErrors: true, strict: false });
ajv.addKeyword({
  keyword: 'maxBytes',
  type: 'string',
  schemaType: 'number',
  validate: (most: number, value: string) => Buffer.byteLength(value) <= most,
});
const compiled = new Map<JsonSchema, ValidateFunction>();

/** Where a value is not what the schema says; empty when it is. Names places, not values. */
export function mismatches(schema: JsonSchema, value: unknown): string[] {
  const validate = compiled.get(schema) ?? ajv.compile(schema);
  compiled.set(schema, validate);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message, params }) => {
    const extra = (params as { additionalProperty?: string }).additionalProperty;
    return `${instancePath || '/'} ${message ?? ''}${extra === undefined ? '' : `: ${extra}`}`;
  });
}

/** What is wrong with a call, held against the description: method, token, query, body. */
export function judgeRequest(exchange: Omit<Exchange, 'answer'>): string[] {
  const endpoint = findEndpoint(exchange.path);
  if (!endpoint) return [`${exchange.path} is not described`];
  const { [endpoint.token?.query ?? '']: token, ...query } = exchange.query;
  const problems = mismatches(endpoint.query, query).map((problem) => `query ${problem}`);
  if (exchange.method !== endpoint.method) problems.push(`method ${exchange.method}, not ${endpoint.method}`);
  if (endpoint.token && !token) problems.push(`no ${endpoint.token.query} in the query`);
  const isForm = exchange.body instanceof FormData;
  const body = describeForm(exchange.body);
  if (isForm !== (endpoint.encoding === 'form')) problems.push(`the body is ${isForm ? 'a' : 'no'} form`);
  if (endpoint.request) problems.push(...mismatches(endpoint.request, body).map((one) => `body ${one}`));
  else if (exchange.body !== null) problems.push('a body where none is taken');
  return problems.map((problem) => `${endpoint.name}: ${problem}`);
}

/** What is wrong with an answer: the fields of a success, the errcode of a refusal. */
export function judgeAnswer(path: string, answer: unknown): string[] {
  const endpoint = findEndpoint(path);
  if (!endpoint) return [`${path} is not described`];
  const success = mismatches(endpoint.response, answer);
  const errcode = (answer as { errcode?: number } | null)?.errcode ?? 0;
  if (success.length === 0 || errcode === 0) return success.map((problem) => `${endpoint.name}: answer ${problem}`);
  const problems = mismatches(refusal, answer);
  if (!errcodesOf(endpoint).includes(errcode)) problems.push(`errcode ${errcode} is none of this call's`);
  return problems.map((problem) => `${endpoint.name}: refusal ${problem}`);
}

/** Every errcode a call may answer: its own, its token's, anybody's. */
export function errcodesOf({ errcodes, token }: Endpoint): readonly number[] {
  return [...errcodes, ...(token ? TOKEN_ERRCODES[token.kind] : []), ...ANY_CALL];
}
