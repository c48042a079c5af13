import type { Page } from 'playwright-core';
import type { RecordView } from '../../server/http/contract/records';
import { logIn } from '../support/api-client';
import type { Holder, Look, Stage, Visitor } from '../support/stage';
import type { Entry } from '../support/world';
import { drawn, readScreen, type Screen } from './read-screen';

/** How somebody comes to the app; from the workbench unless told otherwise. */
export type Arrival = { readonly entry?: Entry; readonly path?: string; readonly look?: Look };

export type Member = Exclude<Holder, 'outsider'>;

export type Books = {
  readonly autoActivation: boolean;
  readonly licence: { readonly trial: { readonly end: number } | null };
  readonly members: readonly { readonly userId: string; readonly seats: readonly { readonly expiresAt: number }[] }[];
  /** `status`: 1 unbound, 2 bound and valid. */
  readonly codes: readonly { readonly userId: string | null; readonly status: number }[];
};

/** The people of a test file and what they do before and between their visits. */
export type Cast = {
  /** Somebody with a device of their own who has not opened anything yet. */
  readonly visitor: (holder: Holder, look?: Look) => Promise<Visitor>;
  /** The same, once they have opened the app. */
  readonly arrive: (holder: Holder, arrival?: Arrival) => Promise<Visitor>;
  /** Somebody who joins the corp now: no seat, never seen before. */
  readonly newcomer: (corpId: string) => Promise<Member>;
  /** A record a colleague has made, with the links that lead to it. */
  readonly record: (author: Member, record: { title: string; note?: string }) => Promise<RecordView>;
  /** The corp orders accounts for a year, pays, and has them at once. */
  readonly buy: (corpId: string, base: number) => Promise<void>;
  /** The corp as WeCom's own books have it. */
  readonly books: (corpId: string) => Promise<Books>;
  /** Everybody goes home. Call it after each test. */
  readonly leave: () => Promise<void>;
};

/** Casts the people of one test file; the stage is asked for when somebody needs it. */
export function createCast(stageOf: () => Stage): Cast {
  const visitors: Visitor[] = [];
  const visitor: Cast['visitor'] = async (holder, look) => {
    const one = await stageOf().visitor(holder, look);
    visitors.push(one);
    return one;
  };
  return {
    visitor,
    arrive: async (holder, { entry = 'workbench', look, path } = {}) => {
      const one = await visitor(holder, look);
      await one.open(entry, path);
      return one;
    },
    newcomer: async (corpId) => {
      const { userId } = await stageOf().order<{ userId: string }>('members', { corpId, name: '新成员' });
      await stageOf().settled();
      return { corpId, userId };
    },
    record: async (author, record) => {
      const { json, status, text } = await (await logIn(stageOf(), author)).post('/api/records', record);
      if (status !== 201) throw new Error(`no record was made: ${text}`);
      return json<RecordView>();
    },
    buy: async (corpId, base) => {
      const { orderId } = await stageOf().order<{ orderId: string }>('orders', { corpId, base, months: 12 });
      await stageOf().order(`orders/${orderId}/pay`, {});
      await stageOf().settled();
    },
    books: async (corpId) => {
      const answer = await fetch(`${stageOf().sandbox.origin}/sandbox/corps/${corpId}`);
      return (await answer.json()) as Books;
    },
    leave: async () => {
      await Promise.all(visitors.splice(0).map((one) => one.close()));
    },
  };
}

/** What somebody has in front of them once the app has drawn it. */
export async function screenOf({ page }: Visitor): Promise<Screen> {
  await drawn(page);
  return readScreen(page);
}

export type Answer = { readonly status: number; readonly text: string };

/** Asks the API from inside the page, with whatever session it has. */
export function ask(page: Page, path: string, body?: object): Promise<Answer> {
  return page.evaluate(
    async ([to, json]) => {
      const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: json ?? '' };
      const response = await fetch(to, json === null ? {} : post);
      return { status: response.status, text: await response.text() };
    },
    [path, body === undefined ? null : JSON.stringify(body)] as const,
  );
}

/** Path and query of an address, as one of the sandbox's entries opens it. */
export function pathOf(address: string): string {
  const { pathname, search } = new URL(address);
  return pathname + search;
}
