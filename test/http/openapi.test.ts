import { createRoutes } from '../../server/app';
import type { Route } from '../../server/http/router';
import { startApp, type TestApp } from '../support/app';

type Operation = {
  summary: string;
  responses: Record<string, unknown>;
  security: unknown[];
  parameters?: { name: string }[];
};
type Document = {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown> };
};

let app: TestApp;
let document: Document;
let apiRoutes: Route[];
beforeAll(async () => {
  app = await startApp();
  document = (await (await fetch(`${app.origin}/api/openapi.json`)).json()) as Document;
  apiRoutes = createRoutes(app.deps).routes.filter((route) => route.path.startsWith('/api/'));
});
afterAll(() => app.stop());

const spelled = (route: Route) => `${route.method} ${route.path.replace(/:(\w+)/g, '{$1}')}`;

test('every route under /api is described, and nothing is described that is not there', () => {
  const described = Object.entries(document.paths).flatMap(([at, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${at}`),
  );
  expect(described.sort()).toEqual(apiRoutes.map(spelled).sort());
  expect(document.openapi).toBe('3.1.0');
});

test('the routes that others rely on are among them', () => {
  const names = apiRoutes.map(spelled);
  for (const route of ['POST /api/session', 'GET /api/verdict', 'POST /api/verdict/refresh', 'GET /api/openapi.json']) {
    expect(names).toContain(route);
  }
});

test('each operation says what it answers, how it may fail, and its path parameters', () => {
  for (const [at, operations] of Object.entries(document.paths)) {
    for (const operation of Object.values(operations)) {
      expect(operation.summary).not.toBe('');
      expect(Object.keys(operation.responses)).toEqual(
        expect.arrayContaining([expect.stringMatching(/^2\d\d$/), '500', '503']),
      );
      const inPath = [...at.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(operation.parameters?.map(({ name }) => name) ?? []).toEqual(expect.arrayContaining(inPath));
    }
  }
});

test('every reference leads to a schema that is there', () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, to]) => to ?? '');
  expect(references).toContain('#/components/schemas/Verdict');
  for (const to of references) {
    expect(to).toMatch(/^#\/components\/schemas\//);
    expect(Object.keys(document.components.schemas)).toContain(to.split('/').at(-1));
  }
});

test('operations behind a login say so, with cookie and Bearer', () => {
  expect(document.paths['/api/verdict']?.['get']?.security).toEqual([{ cookie: [] }, { bearer: [] }]);
  expect(document.paths['/api/session']?.['post']?.security).toEqual([]);
});
