import { ERRORS, type ErrorCode } from '../../errors';
import { ErrorView } from '../contract/verdict';
import type { Route } from '../router';
import type { RouteNote } from './route-note';
import { createSchemaBook, type JsonSchema } from './schema-book';

type SchemaBook = ReturnType<typeof createSchemaBook>;

/** The OpenAPI 3.1 document of the routes under /api. Throws for a route that nobody described. */
export function describeApi(routes: readonly Route[], serverUrl: string): Record<string, unknown> {
  const book = createSchemaBook();
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes.filter(({ path }) => path.startsWith('/api/'))) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    (paths[path] ??= {})[route.method.toLowerCase()] = describeRoute(route, book);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'WeCom activation gate',
      version: '1',
      description: 'Licence verdicts and what stands behind the gate. Times are ISO 8601 with offset.',
    },
    servers: [{ url: serverUrl }],
    paths,
    components: {
      schemas: book.schemas,
      securitySchemes: {
        cookie: { type: 'apiKey', in: 'cookie', name: serverUrl.startsWith('https:') ? '__Host-gate_sid' : 'gate_sid' },
        bearer: { type: 'http', scheme: 'bearer' },
      },
    },
  };
}

function describeRoute(route: Route, book: SchemaBook): Record<string, unknown> {
  const notes = route.handlers.flatMap(({ note }) => (note ? [note] : []));
  const answer = notes.find((note) => note.answer)?.answer;
  const summary = notes.find((note) => note.summary)?.summary;
  if (!answer || !summary) throw new Error(`${route.method} ${route.path} has no answers(…)`);
  const body = notes.find((note) => note.body)?.body;
  const parameters = [...pathParameters(route.path), ...notes.flatMap((note) => queryParameters(note, book))];
  return {
    summary,
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: { required: true, content: json(book.refer(body, 'input')) } }),
    responses: {
      [answer.status]: {
        description: summary,
        ...(answer.schema && { content: json(book.refer(answer.schema, 'output')) }),
      },
      ...faultResponses(notes, book),
    },
    security: notes.some((note) => note.needsSession) ? [{ cookie: [] }, { bearer: [] }] : [],
  };
}

function json(schema: JsonSchema): Record<string, unknown> {
  return { 'application/json': { schema } };
}

function pathParameters(path: string): unknown[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function queryParameters({ query }: RouteNote, book: SchemaBook): unknown[] {
  if (!query) return [];
  const { properties = {}, required = [] } = book.inline(query, 'input');
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
}

/** One response per status, naming every code it may carry. Any route may also fail with these two. */
function faultResponses(notes: readonly RouteNote[], book: SchemaBook): Record<string, unknown> {
  const codes = new Set<ErrorCode>([...notes.flatMap((note) => note.errors ?? []), 'store.unavailable', 'internal']);
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of codes) byStatus.set(ERRORS[code].status, [...(byStatus.get(ERRORS[code].status) ?? []), code]);
  const content = json(book.refer(ErrorView, 'output'));
  return Object.fromEntries(
    [...byStatus].map(([status, some]) => [
      status,
      { description: some.map((code) => `\`${code}\``).join(', '), content },
    ]),
  );
}
