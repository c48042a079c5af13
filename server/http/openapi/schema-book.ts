import { z } from 'zod';

/** As much of a JSON schema as we look into. */
export type JsonSchema = {
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly required?: readonly string[];
  readonly [key: string]: unknown;
};

type Direction = 'input' | 'output';

/** Collects the schemas that carry a name (`.meta({ id })`) as components, each once. */
export function createSchemaBook() {
  const schemas: Record<string, JsonSchema> = {};

  /** The schema written out, with references to named ones inside it. */
  const inline = (schema: z.ZodType, direction: Direction): JsonSchema => {
    const raw = z.toJSONSchema(schema, { io: direction, unrepresentable: 'any' });
    const {
      $defs = {},
      $schema: _dialect,
      ...own
    } = moveReferences(raw) as JsonSchema & {
      $defs?: Record<string, JsonSchema>;
    };
    for (const [id, definition] of Object.entries($defs)) schemas[id] ??= withoutId(definition);
    return withoutId(own);
  };

  /** A reference for a named schema, else the schema written out. */
  const refer = (schema: z.ZodType, direction: Direction): JsonSchema => {
    const id = z.globalRegistry.get(schema)?.id;
    const written = inline(schema, direction);
    if (id === undefined) return written;
    schemas[id] ??= written;
    return { $ref: `#/components/schemas/${id}` };
  };

  return { schemas, inline, refer };
}

/** zod keeps definitions inside each schema; OpenAPI in one place. */
function moveReferences(schema: unknown): unknown {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/'));
}

function withoutId({ id: _id, ...schema }: JsonSchema): JsonSchema {
  return schema;
}
