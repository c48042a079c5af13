import { startApp, type TestApp } from '../support/app';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.stop());

test('an idle server is alive and ready, and says how old its suite_ticket is', async () => {
  const alive = await fetch(`${app.origin}/healthz`);
  expect(alive.status).toBe(200);
  expect(await alive.json()).toEqual({ status: 'ok', now: expect.stringMatching(/Z$/) });

  const ready = await fetch(`${app.origin}/readyz`);
  expect(ready.status).toBe(200);
  expect(await ready.json()).toEqual({
    status: 'ready',
    checks: { store: true, migrations: true },
    suiteTicketAgeMs: null,
    callbacksWaiting: 0,
    oldestCallbackAgeMs: null,
  });
});

test('a server whose store is gone is alive and not ready', async () => {
  const broken = await startApp();
  try {
    await broken.deps.store.close();
    expect((await fetch(`${broken.origin}/healthz`)).status).toBe(200);
    const ready = await fetch(`${broken.origin}/readyz`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toMatchObject({ status: 'unavailable', checks: { store: false } });
  } finally {
    await broken.stop();
  }
});

test('requests are counted by route pattern, never by the path that was asked', async () => {
  await fetch(`${app.origin}/healthz?secret=1`);
  await fetch(`${app.origin}/no/such/page`);
  const text = await (await fetch(`${app.origin}/metrics`)).text();
  expect(text).toMatch(/gate_http_answers_total\{method="GET",route="\/healthz",status="200"\} \d+/);
  expect(text).toContain('route="(none)",status="404"');
  expect(text).not.toMatch(/secret|no\/such/);
});

test('a server that is stopping is not ready first, and still answers who comes meanwhile', async () => {
  const draining = await startApp({ env: { DRAIN_SECONDS: '1' } });
  const stopped = draining.stop();
  const ready = await fetch(`${draining.origin}/readyz`);
  expect(ready.status).toBe(503);
  expect(await ready.json()).toMatchObject({ status: 'stopping', checks: { store: true } });
  expect((await fetch(`${draining.origin}/healthz`)).status).toBe(200);
  await stopped;
  await expect(fetch(`${draining.origin}/healthz`)).rejects.toThrow();
});
