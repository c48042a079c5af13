import { buildVerdict } from '../src/build-state';
import { buildVisit, NOW_MS, refused, serverOf, startApp, type StoodApp } from './stand-app';

const DAY_MS = 24 * 3_600_000;
const MINUTE_MS = 60_000;

beforeEach(() => jest.useFakeTimers({ now: NOW_MS }));
afterEach(() => jest.useRealTimers());

const storageOf = ({ device }: StoodApp) => new Map(device.storage);
const reason = ({ store }: StoodApp) => store.get().state.verdict?.reason;

describe('logging in', () => {
  test('takes one code and one call, and names the page that was opened with its entry', async () => {
    const app = await startApp((device) => (device.answer = serverOf({})));
    expect(app.calls()).toEqual(['POST /api/session']);
    expect(app.device.asked[0]?.data).toMatchObject({ code: 'code-1', page: '/records?from=workbench' });
    expect(app.screen()).toBe('page');
    expect(app.store.get().state).toMatchObject({ client: 'wecom', person: { key: 'zhang' }, lang: 'zh-CN' });
  });

  test('happens once: the next start goes by the kept session', async () => {
    const first = await startApp((device) => (device.answer = serverOf({})));
    const storage = storageOf(first);
    const next = await startApp((device) => Object.assign(device, { storage, answer: serverOf({}) }));
    expect(next.calls()).toEqual(['GET /api/visit?page=%2Frecords%3Ffrom%3Dworkbench']);
    expect(next.device.asked[0]?.header['authorization']).toBe('Bearer token-1');
    expect(next.codes()).toBe(0);
    expect(next.screen()).toBe('page');
  });

  test('is renewed on the session’s last day, and the old one serves where that fails', async () => {
    const first = await startApp((device) => (device.answer = serverOf({})));
    const storage = storageOf(first);
    jest.setSystemTime(NOW_MS + 6 * DAY_MS + 1000);
    const renewed = await startApp((device) =>
      Object.assign(device, { storage: new Map(storage), answer: serverOf({}) }),
    );
    expect(renewed.calls()).toEqual(['POST /api/session']);
    const kept = await startApp((device) => Object.assign(device, { storage, answer: serverOf({}) }), {
      codes: () => null,
    });
    expect(kept.calls()).toEqual(['GET /api/visit?page=%2Frecords%3Ffrom%3Dworkbench']);
    expect(kept.screen()).toBe('page');
  });

  test('begins anew when the server no longer knows the session', async () => {
    const first = await startApp((device) => (device.answer = serverOf({})));
    let over = true;
    const answer = serverOf({
      visit: () => {
        const wasOver = over;
        over = false;
        return wasOver ? refused(401, 'auth.required') : buildVisit();
      },
    });
    const next = await startApp((device) => Object.assign(device, { storage: storageOf(first), answer }));
    expect(next.calls()).toEqual(['GET /api/visit?page=%2Frecords%3Ffrom%3Dworkbench', 'POST /api/session']);
    expect(next.screen()).toBe('page');
  });

  test('a code whose own session had ended (42013) is worth one more, and no third', async () => {
    const spent = refused(401, 'auth.code', '登录凭证已经用过或过期');
    const second = await startApp((device) => (device.answer = serverOf({ logins: [spent, 'ok'] })));
    expect([second.codes(), second.screen()]).toEqual([2, 'page']);
    const never = await startApp((device) => (device.answer = serverOf({ logins: [spent] })));
    expect([never.codes(), never.screen()]).toEqual([2, 'login_failed']);
    expect(never.store.get().state.failure).toMatchObject({ code: 'auth.code', sentence: '登录凭证已经用过或过期' });
  });

  test('ends in a screen also where a refused code comes after a lost session', async () => {
    const first = await startApp((device) => (device.answer = serverOf({})));
    const answer = serverOf({ visit: () => refused(401, 'auth.required'), logins: [refused(401, 'auth.code')] });
    const next = await startApp((device) => Object.assign(device, { storage: storageOf(first), answer }));
    expect(next.screen()).toBe('login_failed');
  });

  test('goes no further than three times a minute, and goes on after it', async () => {
    const app = await startApp((device) => (device.answer = serverOf({})));
    for (let round = 0; round < 5; round += 1) await app.logIn('/records');
    expect(app.codes()).toBe(3);
    expect(app.store.get().state.failure).toMatchObject({ code: 'login.too_often' });
    jest.setSystemTime(NOW_MS + MINUTE_MS);
    await app.logIn('/records');
    expect([app.codes(), app.screen()]).toEqual([4, 'page']);
  });

  test('WeCom’s refusal to give a code says so and can be tried again', async () => {
    const app = await startApp((device) => (device.answer = serverOf({})), {
      codes: (count) => (count === 1 ? null : 'code'),
    });
    expect(app.screen()).toBe('login_failed');
    expect(app.calls()).toEqual([]);
    await app.logIn('/records');
    expect(app.screen()).toBe('page');
  });

  test('a visit that WeCom has to be told of logs in again, once', async () => {
    const first = await startApp((device) => (device.answer = serverOf({})));
    const visit = buildVisit({ loginAgain: true, verdict: buildVerdict('activating') });
    const next = await startApp((device) =>
      Object.assign(device, { storage: storageOf(first), answer: serverOf({ visit }) }),
    );
    expect(next.calls()).toEqual(['GET /api/visit?page=%2Frecords%3Ffrom%3Dworkbench', 'POST /api/session']);
    expect(next.screen()).toBe('wait');
  });

  test('several calls that lose the session at once share one login', async () => {
    const app = await startApp((device) => (device.answer = serverOf({})));
    await Promise.all([app.logIn('/records'), app.logIn('/records'), app.logIn('/records')]);
    expect(app.codes()).toBe(2);
    expect(app.screen()).toBe('page');
  });

  test('a call that loses the session while an answer is under way is made anew with it', async () => {
    const app = await startApp((device) => (device.answer = serverOf({})));
    let answer = (_: { statusCode: number; data: unknown }): void => {};
    app.device.answer = () => new Promise((resolve) => (answer = resolve));
    jest.setSystemTime(NOW_MS + MINUTE_MS);
    await app.show(app.device.launch);
    await app.logIn('/records');
    expect([app.screen(), app.codes()]).toEqual(['entering', 1]);
    answer({ statusCode: 200, data: buildVisit() });
    await app.settle();
    expect(app.screen()).toBe('page');
  });

  test('a custom app’s corp is named by its home path and remembered', async () => {
    const first = await startApp((device) => {
      device.launch = { path: 'pages/records/index', query: { corp: 'wpCustom', from: 'workbench' } };
      device.answer = serverOf({});
    });
    expect(first.device.asked[0]?.data).toMatchObject({ corpId: 'wpCustom', page: '/records?from=workbench' });
    await first.logIn('/records');
    expect(first.device.asked[1]?.data).toMatchObject({ corpId: 'wpCustom' });
  });
});

describe('where it runs', () => {
  test('plain WeChat has no wx.qy: no login is tried, and the way into WeCom is shown', async () => {
    const app = await startApp((device) => (device.answer = serverOf({})), { wecom: false });
    expect(app.screen()).toBe('open_in_wecom');
    expect(app.store.get().state.client).toBe('wechat');
    expect(app.calls()).toEqual([]);
  });

  test('somebody without a WeCom account may look at public labels, and at nothing else', async () => {
    const app = await startApp((device) => (device.answer = serverOf({})), { wecom: false });
    const { waysIn } = app.store.get().state;
    const { openPath } = await import('../../src/platform/navigate');
    openPath(waysIn?.visitHref ?? '');
    expect(app.screen()).toBe('page');
    expect(app.store.get().state).toMatchObject({
      verdict: { outcome: 'allow', reason: 'outsider_free', banner: false },
      person: { corpId: null, isAdmin: false, isOutsider: true },
    });
    const { recordAddress } = await import('../../src/platform/record-address');
    expect(recordAddress('r7')).toBe('/api/labels/r7');
    app.device.storage.set('gate.session', JSON.stringify({ token: 'token', expiresAtMs: 1 }));
    expect(recordAddress('r7')).toBe('/api/records/r7');
    await app.show({ path: 'pages/record/index', query: { id: 'r7' } });
    expect(app.screen()).toBe('open_in_wecom');
  });

  test('a WeCom too old for wx.qy is told from WeChat by its environment', async () => {
    const app = await startApp((device) => Object.assign(device.system, { environment: 'wxwork' }), { wecom: false });
    expect(app.screen()).toBe('login_failed');
  });
});

describe('when nobody answers', () => {
  test('the last verdict that let the person in serves for the grace time, and says that it is old', async () => {
    const first = await startApp((device) => (device.answer = serverOf({})));
    jest.setSystemTime(NOW_MS + 90 * MINUTE_MS);
    const silent = await startApp((device) => Object.assign(device, { storage: storageOf(first) }));
    expect(silent.screen()).toBe('page');
    expect(silent.store.get().state.verdict).toMatchObject({
      outcome: 'warn',
      reason: 'stale_facts',
      sentence: '正在使用 1 小时前的结果，应用可继续使用',
      banner: true,
    });
    jest.setSystemTime(NOW_MS + DAY_MS + 1);
    const later = await startApp((device) => Object.assign(device, { storage: storageOf(first) }));
    expect([later.screen(), reason(later)]).toEqual(['block', 'facts_unavailable']);
  });

  test('a verdict that is shown as old does not live longer by it', async () => {
    const first = await startApp((device) => (device.answer = serverOf({})));
    jest.setSystemTime(NOW_MS + 20 * 60 * MINUTE_MS);
    const silent = await startApp((device) => Object.assign(device, { storage: storageOf(first) }));
    jest.setSystemTime(NOW_MS + 25 * 60 * MINUTE_MS);
    const later = await startApp((device) => Object.assign(device, { storage: storageOf(silent) }));
    expect(reason(later)).toBe('facts_unavailable');
  });

  test('a right whose end was known ends with it', async () => {
    const until = '2026-11-21T11:00:00+08:00';
    const visit = buildVisit({ verdict: buildVerdict('trial_ending', { until }) });
    const first = await startApp((device) => (device.answer = serverOf({ visit })));
    jest.setSystemTime(Date.parse(until) - 1);
    const before = await startApp((device) => Object.assign(device, { storage: storageOf(first) }));
    expect(reason(before)).toBe('stale_facts');
    jest.setSystemTime(Date.parse(until));
    const after = await startApp((device) => Object.assign(device, { storage: storageOf(first) }));
    expect(reason(after)).toBe('facts_unavailable');
  });

  test('a refusal is not made better by silence', async () => {
    const visit = buildVisit({ verdict: buildVerdict('seat_expired') });
    const first = await startApp((device) => (device.answer = serverOf({ visit })));
    const silent = await startApp((device) => Object.assign(device, { storage: storageOf(first) }));
    expect(reason(silent)).toBe('facts_unavailable');
  });

  test('a session that the server ended takes its last verdict with it', async () => {
    const first = await startApp((device) => (device.answer = serverOf({})));
    const answer = serverOf({ visit: () => refused(401, 'auth.required'), logins: [refused(503, 'wecom.busy')] });
    const next = await startApp((device) => Object.assign(device, { storage: storageOf(first), answer }));
    expect(reason(next)).toBe('facts_unavailable');
  });

  test('what is shown instead goes on by itself when the network comes back', async () => {
    const app = await startApp(() => {});
    expect(reason(app)).toBe('facts_unavailable');
    app.device.tell.network({ isConnected: false });
    app.device.answer = serverOf({});
    app.device.tell.network({ isConnected: true });
    await app.settle();
    expect(app.screen()).toBe('page');
  });

  test('a start without a network goes on by itself once there is one', async () => {
    const app = await startApp((device) => (device.network = 'none'));
    expect(reason(app)).toBe('facts_unavailable');
    app.device.answer = serverOf({});
    app.device.tell.network({ isConnected: true });
    await app.settle();
    expect(app.screen()).toBe('page');
  });

  test('storage that somebody else filled is no session and no verdict', async () => {
    const storage = new Map([
      ['gate.session', '{"token":7}'],
      ['gate.last-visit', 'null, or not'],
      ['gate.wanted-page', '[]'],
    ]);
    const app = await startApp((device) => Object.assign(device, { storage, answer: serverOf({}) }));
    expect([app.calls(), app.screen()]).toEqual([['POST /api/session'], 'page']);
  });
});

describe('coming back', () => {
  const record = { path: 'pages/record/index', query: { id: 'r7', from: 'qr' }, scene: 1047 };
  const blocked = buildVisit({ verdict: buildVerdict('open_from_workbench') });

  async function heldBack(): Promise<StoodApp> {
    const app = await startApp((device) => {
      device.launch = record;
      device.pages = [{ route: 'pages/record/index', options: { id: 'r7' } }];
      device.answer = serverOf({ visit: blocked });
    });
    expect(app.screen()).toBe('block');
    return app;
  }

  const fromWorkbench = (app: StoodApp) =>
    startApp((device) => Object.assign(device, { storage: storageOf(app), answer: serverOf({}) }));

  test('a record that was held back opens once the workbench has let the person in', async () => {
    const app = await heldBack();
    jest.setSystemTime(NOW_MS + 29 * MINUTE_MS);
    const again = await fromWorkbench(app);
    expect(again.device.went).toEqual(['redirectTo /pages/record/index?id=r7&from=qr']);
    const third = await fromWorkbench(again);
    expect(third.device.went).toEqual([]);
  });

  test('after half an hour the person wants something else', async () => {
    const app = await heldBack();
    jest.setSystemTime(NOW_MS + 30 * MINUTE_MS);
    expect((await fromWorkbench(app)).device.went).toEqual([]);
  });

  test('let in where they stand, nothing is left to go on to', async () => {
    const app = await heldBack();
    app.store.show(buildVerdict('seat_valid'));
    expect((await fromWorkbench(app)).device.went).toEqual([]);
  });

  test('the same opening again asks only after a while; a refusal is looked at anew at once', async () => {
    const app = await startApp((device) => (device.answer = serverOf({})));
    await app.show(app.device.launch);
    expect(app.calls()).toHaveLength(1);
    jest.setSystemTime(NOW_MS + MINUTE_MS);
    await app.show(app.device.launch);
    expect(app.calls()).toHaveLength(2);
    app.store.show(buildVerdict('seat_expired'));
    await app.show(app.device.launch);
    expect(app.calls()).toHaveLength(3);
    expect(app.screen()).toBe('page');
  });

  test('another opening is another visit, judged with its own entry', async () => {
    const app = await startApp((device) => (device.answer = serverOf({})));
    await app.show(record);
    expect(app.calls()[1]).toBe(`GET /api/visit?page=${encodeURIComponent('/record?id=r7&from=qr')}`);
    expect(app.store.get().state.returnTo).toBe('/record?id=r7&from=qr');
  });

  test('a code that names a record opens it, also from the app’s first page', async () => {
    const app = await startApp((device) => {
      device.launch = { path: 'pages/records/index', query: { scene: 'r%3Dr7%26f%3Dqr' }, scene: 1047 };
      device.answer = serverOf({});
    });
    expect(app.device.went).toEqual(['redirectTo /pages/record/index?id=r7&from=qr']);
  });

  test('of two openings the last one counts, whichever answer comes first', async () => {
    const later: (() => void)[] = [];
    const app = await startApp((device) => (device.answer = serverOf({})));
    app.device.answer = ({ url }) =>
      new Promise((resolve) => {
        const isRecord = url.includes('record%3Fid');
        const verdict = buildVerdict(isRecord ? 'seat_expired' : 'no_free_seat');
        later.push(() => resolve({ statusCode: 200, data: buildVisit({ verdict }) }));
      });
    app.device.tell.show(record);
    app.device.tell.show({ path: 'pages/records/index', query: { from: 'card' } });
    await app.settle();
    later.reverse().forEach((answer) => answer());
    await app.settle();
    expect(reason(app)).toBe('no_free_seat');
  });
});

test('a new version is offered and taken when the person agrees', async () => {
  const app = await startApp((device) => (device.answer = serverOf({})));
  app.device.confirms = false;
  app.device.tell.update();
  await app.settle();
  expect([app.device.modals, app.device.appliedUpdate]).toEqual([['有新版本'], 0]);
  app.device.confirms = true;
  app.device.tell.update();
  await app.settle();
  expect(app.device.appliedUpdate).toBe(1);
});
