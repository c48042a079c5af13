import { startApp, type TestApp } from '../support/app';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.stop());

test('without a built front end a page says how to build it, and the API goes on', async () => {
  const page = await fetch(`${app.origin}/records`, { headers: { accept: 'text/html' } });
  expect(page.status).toBe(503);
  expect(await page.text()).toContain('npm run build');
  expect((await fetch(`${app.origin}/api/verdict`)).status).toBe(401);
});
