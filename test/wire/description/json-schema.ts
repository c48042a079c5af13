/** JSON Schema (draft 2020-12), built from a few words so that a page of WeCom's fits on a screen. */
export type JsonSchema = { readonly [keyword: string]: unknown };
type Fields = Readonly<Record<string, JsonSchema>>;

export const text: JsonSchema = { type: 'string', minLength: 1 };
/** May be empty: prose, names, cursors. */
export const anyText: JsonSchema = { type: 'string' };
export const integer: JsonSchema = { type: 'integer' };
export const flag: JsonSchema = { type: 'boolean' };
export const integerFrom = (minimum: number, maximum?: number): JsonSchema => ({
  type: 'integer',
  minimum,
  ...(maximum === undefined ? {} : { maximum }),
});
export const oneOfValues = (...values: readonly (string | number)[]): JsonSchema => ({ enum: values });
/** `maxBytes` is a keyword of our own: WeCom counts UTF-8 bytes. */
export const textOfBytes = (maxBytes: number): JsonSchema => ({ ...text, maxBytes });
export const textOfLength = (maxLength: number, minLength = 1): JsonSchema => ({
  type: 'string',
  minLength,
  maxLength,
});
export const listOf = (items: JsonSchema, maxItems?: number, minItems = 0): JsonSchema => ({
  type: 'array',
  items,
  minItems,
  ...(maxItems === undefined ? {} : { maxItems }),
});
/** Exactly these fields. */
export const object = (required: Fields, optional: Fields = {}): JsonSchema => ({
  type: 'object',
  properties: { ...required, ...optional },
  required: Object.keys(required),
  additionalProperties: false,
});
export const either = (...alternatives: readonly JsonSchema[]): JsonSchema => ({ oneOf: alternatives });

/** Seconds since 1970. A value in milliseconds is out of this. */
export const seconds: JsonSchema = { type: 'integer', minimum: 0, maximum: 9_999_999_999 };
/** Money in fen; more than 32 bits. */
export const fen: JsonSchema = { type: 'integer', minimum: 0 };
/** Ids as a provider's app sees them: encrypted (97185, 97191). */
export const encryptedCorpId: JsonSchema = { type: 'string', pattern: '^wp' };
export const encryptedUserId: JsonSchema = { type: 'string', pattern: '^wo' };
/** 1 base, 2 external contact. */
export const accountType = oneOfValues(1, 2);
export const noFields = object({});
