import { z } from 'zod';
import { createLog } from '../../../server/log';
import { createMetrics } from '../../../server/metrics';
import {
  createBudgets,
  pointsOf,
  roomOf,
  WECOM_LIMITS,
  type WecomLimits,
  type Window,
} from '../../../server/wecom/budgets';
import { createLanes } from '../../../server/wecom/lanes';
import { createWecomRequest, type WecomCall } from '../../../server/wecom/request';
import { settableClock } from '../../support/app';
import { startScriptedWecom, type Answer, type Heard, type ScriptedWecom } from '../../support/scripted-wecom';
import { waitFor } from '../../support/wait-for';

const PATH = '/cgi-bin/license/list_actived_account';
const OTHER_PATH = '/cgi-bin/license/get_order';
const MINUTE = 60_000;
const clock = settableClock(1_767_225_600_000);
const fault = (fields: object) => expect.objectContaining(fields) as unknown as Error;
const limited = fault({ code: 'wecom.rate_limited', retryAfterMs: expect.any(Number) as number });

let wecom: ScriptedWecom;
let instances = 1;
let answer: (heard: Heard) => Answer | Promise<Answer> = () => ({ errcode: 0 });

beforeEach(async () => {
  instances = 1;
  answer = () => ({ errcode: 0 });
  wecom = await startScriptedWecom((heard) => answer(heard));
});
afterEach(() => wecom.close());

type Ask = Partial<WecomCall<object>> & { name?: string };

function client(limits?: WecomLimits, parallel?: number, withoutCorp = parallel) {
  const log = createLog('silent');
  const budgets = createBudgets(limits, () => instances);
  const own = { budgets, ...(parallel && { lanes: createLanes(parallel, withoutCorp) }) };
  const request = createWecomRequest({ apiOrigin: wecom.origin, clock, log, metrics: createMetrics(), ...own });
  return ({ name = '', ...call }: Ask = {}) =>
    request({ path: PATH, query: { name }, schema: z.object({}), corpId: 'wpA', ...call });
}

const names = () => wecom.heard.map(({ query }) => query['name']);
/** Limits of which `points` are ours while we are alone. */
const perCorp = (points: number, seconds = 60): WecomLimits => ({
  perCorp: [{ points: 2 * points, seconds }],
  perAddress: [],
});

describe('our own budget', () => {
  test('a call over it is refused unsent when no room comes before its deadline, and says when to come back', async () => {
    const ask = client(perCorp(2));
    await ask();
    await ask();
    await expect(ask()).rejects.toEqual(limited);
    expect(wecom.heard).toHaveLength(2);
  });

  test('a call over it waits when room comes in time', async () => {
    const ask = client(perCorp(1, 1));
    await ask({ name: 'first' });
    await ask({ name: 'second', deadlineMs: 4000 });
    expect(names()).toEqual(['first', 'second']);
  });

  test('it is counted by corp and API', async () => {
    const ask = client(perCorp(1));
    await ask({ name: 'A' });
    await ask({ name: 'B', corpId: 'wpB' });
    await ask({ name: 'A other', path: OTHER_PATH });
    await ask({ name: 'no corp', corpId: undefined });
    await expect(ask()).rejects.toEqual(limited);
    expect(names()).toEqual(['A', 'B', 'A other', 'no corp']);
  });

  test('the address has one of its own, over all corps', async () => {
    const ask = client({ perCorp: [], perAddress: [{ points: 4, seconds: 60 }] });
    await ask({ corpId: 'wpA' });
    await ask({ corpId: 'wpB' });
    await expect(ask({ corpId: 'wpC' })).rejects.toEqual(limited);
  });

  test('a call with a limit of its own has that too, by corp', async () => {
    const ask = client({ perCorp: [], perAddress: [], perCorpOf: { [PATH]: { points: 2, seconds: 60 } } });
    await ask();
    await expect(ask()).rejects.toEqual(limited);
    await ask({ corpId: 'wpB' });
    await ask({ path: OTHER_PATH });
    await ask({ path: OTHER_PATH });
  });

  test('background work takes half of it at most, and the other half is there for people', async () => {
    const ask = client(perCorp(4));
    await ask({ background: true });
    await ask({ background: true });
    await expect(ask({ background: true })).rejects.toEqual(limited);
    await ask();
    await ask();
    expect(wecom.heard).toHaveLength(4);
  });
});

describe('an hour of a corp', () => {
  const [minute, hour] = WECOM_LIMITS.perCorp as [Window, Window];

  test.each([1, 2, 7, 40])('holds for each of %d, with what its minutes did not count', (count) => {
    for (const background of [true, false]) {
      const { points, uncounted } = roomOf(hour, minute, count, background);
      // Sixty minutes within it, and one at either end that lies only partly there.
      expect(points + 61 * uncounted).toBeLessThanOrEqual(pointsOf(hour, count, background));
      expect(points).toBeGreaterThanOrEqual(0.9 * pointsOf(hour, count, background));
    }
  });

  test('counts none of the few calls that nearly every corp makes', () => {
    expect(roomOf(hour, minute, 1, true).uncounted).toBeGreaterThanOrEqual(30);
    expect(roomOf(hour, minute, 2, true).uncounted).toBeGreaterThanOrEqual(15);
  });

  test('counts all beyond those', async () => {
    const limits = { perCorp: [minute, { points: 480, seconds: 120 }], perAddress: [] };
    const { points, uncounted } = roomOf(limits.perCorp[1] as Window, minute, 1, false);
    expect([points, uncounted]).toEqual([234, 2]);
    const ask = client(limits);
    for (let nth = 0; nth < points + uncounted; nth += 1) await ask();
    await expect(ask()).rejects.toEqual(limited);
    expect(wecom.heard).toHaveLength(points + uncounted);
  });
});

describe('a budget among several instances', () => {
  test.each([1, 2, 3, 4, 7, 40])(
    'two windows of each of %d fit into one of WeCom’s, however they lie, and half of that is background work',
    (count) => {
      for (const limit of [...WECOM_LIMITS.perCorp, ...WECOM_LIMITS.perAddress]) {
        const points = pointsOf(limit, count, false);
        expect(2 * count * points).toBeLessThanOrEqual(limit.points);
        expect(2 * count * (points + 1)).toBeGreaterThan(limit.points);
        expect(pointsOf(limit, count, true)).toBe(Math.floor(limit.points / 4 / count));
      }
    },
  );

  test('every instance may ask once, however many there are', () => {
    expect(pointsOf({ points: 10, seconds: 60 }, 1000, true)).toBe(1);
  });

  test('one that joins takes its part of the window under way, and gives it back when it leaves', async () => {
    const ask = client(perCorp(4));
    await ask();
    await ask();
    instances = 2;
    for (let nth = 0; nth < 5; nth += 1) await expect(ask()).rejects.toEqual(limited);
    instances = 1;
    await ask();
    await ask();
    await expect(ask()).rejects.toEqual(limited);
    expect(wecom.heard).toHaveLength(4);
  });
});

describe('a block of WeCom’s', () => {
  const blocked = (errcode: number) =>
    (answer = ({ query }) => (query['name'] === 'blocked' ? { errcode } : { errcode: 0 }));

  test.each([45009, 45033, 701134])(
    '%d: nothing like it is sent until the window ends, and then it is',
    async (errcode) => {
      const ask = client();
      blocked(errcode);
      await expect(ask({ name: 'blocked' })).rejects.toEqual(fault({ errcode, retryAfterMs: MINUTE }));
      await expect(ask({ name: 'again' })).rejects.toEqual(limited);
      await ask({ name: 'other corp', corpId: 'wpB' });
      await ask({ name: 'other call', path: OTHER_PATH });
      clock.set(clock.now() + MINUTE - 1);
      await expect(ask({ name: 'still' })).rejects.toEqual(limited);
      clock.set(clock.now() + 1);
      await ask({ name: 'later' });
      expect(names()).toEqual(['blocked', 'other corp', 'other call', 'later']);
    },
  );

  test('one that turns out longer is waited for twice as long each time, and an answer ends that', async () => {
    const ask = client();
    blocked(45009);
    const waits = [];
    for (let round = 0; round < 8; round += 1) {
      const refusal = (await ask({ name: 'blocked' }).catch((error: unknown) => error)) as { retryAfterMs: number };
      waits.push(refusal.retryAfterMs / MINUTE);
      clock.set(clock.now() + refusal.retryAfterMs);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
    await ask({ name: 'answered' });
    await expect(ask({ name: 'blocked' })).rejects.toEqual(fault({ retryAfterMs: MINUTE }));
  });

  test('those that waited for their turn when it came are not sent either', async () => {
    const ask = client(undefined, 1);
    blocked(45009);
    const waiting = ['blocked', 'second', 'third'].map((name) => ask({ name }));
    await expect(Promise.allSettled(waiting)).resolves.toEqual(
      waiting.map(() => ({ status: 'rejected', reason: limited })),
    );
    expect(names()).toEqual(['blocked']);
  });

  test('one long after another is a new one', async () => {
    const ask = client();
    blocked(45009);
    await expect(ask({ name: 'blocked' })).rejects.toEqual(fault({ retryAfterMs: MINUTE }));
    clock.set(clock.now() + 3 * MINUTE);
    await expect(ask({ name: 'blocked' })).rejects.toEqual(fault({ retryAfterMs: MINUTE }));
  });

  test('calls under way when it came do not make it longer', async () => {
    const ask = client();
    blocked(45009);
    const refusals = await Promise.allSettled([1, 2, 3].map(() => ask({ name: 'blocked' })));
    expect(refusals.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    clock.set(clock.now() + MINUTE);
    await ask({ name: 'later' });
    expect(names().at(-1)).toBe('later');
  });

  test('an answer to a call under way when it came does not end it', async () => {
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    answer = async ({ query }) => {
      if (query['name'] !== 'under way') return { errcode: 45009 };
      await gate;
      return { errcode: 0 };
    };
    const ask = client();
    const underWay = ask({ name: 'under way' });
    await waitFor('the first call', () => Promise.resolve(names().length === 1));
    await expect(ask({ name: 'blocked' })).rejects.toEqual(fault({ errcode: 45009 }));
    open();
    await underWay;
    await expect(ask({ name: 'again' })).rejects.toEqual(limited);
    expect(names()).toEqual(['under way', 'blocked']);
  });

  test('any other refusal blocks nothing', async () => {
    const ask = client();
    blocked(40058);
    await expect(ask({ name: 'blocked' })).rejects.toEqual(fault({ errcode: 40058 }));
    await ask({ name: 'next' });
    expect(names()).toEqual(['blocked', 'next']);
  });
});

describe('turns', () => {
  test('of one corp and API only so many go at once, people before background work', async () => {
    const ask = client(undefined, 1);
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    answer = async ({ query }) => {
      if (query['name'] === 'running') await gate;
      return { errcode: 0 };
    };
    const running = ask({ name: 'running' });
    await waitFor('the first call', () => Promise.resolve(names().length === 1));
    const rest = [
      ask({ name: 'background 1', background: true }),
      ask({ name: 'background 2', background: true }),
      ask({ name: 'person' }),
    ];
    await ask({ name: 'other corp', corpId: 'wpB' });
    open();
    await Promise.all([running, ...rest]);
    expect(names()).toEqual(['running', 'other corp', 'person', 'background 1', 'background 2']);
  });

  test('of one API that names no corp more go at once, and not all', async () => {
    const ask = client(undefined, 1, 2);
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    answer = async ({ query }) => {
      if (query['name'] !== 'other call') await gate;
      return { errcode: 0 };
    };
    const logins = ['one', 'two', 'three'].map((name) => ask({ name, corpId: undefined }));
    await waitFor('two calls', () => Promise.resolve(names().length === 2));
    await ask({ name: 'other call', corpId: undefined, path: OTHER_PATH });
    expect(names()).toEqual(['one', 'two', 'other call']);
    open();
    await Promise.all(logins);
    expect(names()).toEqual(['one', 'two', 'other call', 'three']);
  });

  test('one that waits for its turn ends at its own deadline, unsent', async () => {
    const ask = client(undefined, 1);
    answer = ({ query }) => (query['name'] === 'hangs' ? () => undefined : { errcode: 0 });
    const hanging = ask({ name: 'hangs', deadlineMs: 600 });
    await waitFor('the first call', () => Promise.resolve(names().length === 1));
    await expect(ask({ name: 'queued', deadlineMs: 100 })).rejects.toEqual(fault({ code: 'wecom.timeout' }));
    await expect(hanging).rejects.toEqual(fault({ code: 'wecom.timeout' }));
    await ask({ name: 'after' });
    expect(names()).toEqual(['hangs', 'after']);
  });
});
