import type { Look, Stage, Visitor } from '../support/stage';
import type { RecordList } from '../../server/http/contract/records';
import { ask, pathOf, type Cast, type Member } from './cast';
import { drawn } from './read-screen';

/** Where a scene is played, and with which eyes it is looked at. */
export type Set = { readonly stage: Stage; readonly cast: Cast; readonly look: Look };

/** One screen of the app, reached by doing what leads there; `shows` is on it when it stands. */
export type Scene = {
  readonly name: string;
  readonly shows: string;
  readonly play: (set: Set) => Promise<Visitor>;
  /** What is not right at once but after the app came: scrolled to, pressed, unfolded. */
  readonly then?: (visitor: Visitor) => Promise<void>;
};

const ACTIVATE = '/cgi-bin/license/active_account_by_type';

/** A member of a sample corp comes from the workbench. */
const opened =
  (sample: string, nth = 1, path?: string): Scene['play'] =>
  async ({ stage, cast, look }) => {
    const visitor = await cast.arrive(stage.member(sample, nth), { look });
    if (path !== undefined) await goTo(visitor, stage, path);
    return visitor;
  };

async function goTo({ page }: Visitor, stage: Stage, path: string): Promise<void> {
  await drawn(page);
  await page.goto(stage.origin + path);
}

/** A record of the corp with a long name; a colleague wrote it. */
const longRecord = ({ stage, cast }: Set) =>
  cast.record(stage.member('trial_day_12', 3), {
    title: '2 号楼 18 层 常闭式防火门与闭门器',
    note: '闭门器漏油，已报修。',
  });

/** The sample record whose label everybody may read. */
async function labelledRecord({ stage, cast }: Set): Promise<string> {
  const insider = await cast.arrive(stage.member('trial_day_12', 3));
  await drawn(insider.page);
  const { items } = JSON.parse((await ask(insider.page, '/api/records')).text) as RecordList;
  return items.find(({ title }) => title === '2 号电梯')?.id ?? '';
}

async function newcomerTo(sample: string, { stage, cast }: Set): Promise<Member> {
  return cast.newcomer(stage.member(sample).corpId);
}

const press =
  (selector: string): Scene['then'] =>
  ({ page }) =>
    page.locator(selector).first().click();

/** The pages behind the gate, without and with a notice above them. */
const PAGES: readonly Scene[] = [
  { name: 'records', shows: '#records', play: opened('trial_day_12') },
  { name: 'records, adding one', shows: '#records', play: opened('trial_day_12'), then: press('#record-add') },
  { name: 'records with a banner', shows: '#gate-banner', play: opened('trial_day_12', 2) },
  { name: 'seven-day sheet', shows: '#gate-sheet', play: opened('trial_5_left') },
  { name: 'sheet of the seat’s end', shows: '#gate-sheet', play: opened('seat_3_days', 2) },
  {
    name: 'record',
    shows: '#record',
    play: async (set) => {
      const record = await longRecord(set);
      return set.cast.arrive(set.stage.member('trial_day_12'), {
        entry: 'share',
        path: pathOf(record.links.share),
        look: set.look,
      });
    },
  },
  {
    name: 'licence page',
    shows: '#licences',
    play: async (set) => {
      for (const nth of [1, 4]) {
        const { page } = await set.cast.arrive(set.stage.member('auto_off', nth));
        await drawn(page);
        await ask(page, '/api/requests', { reason: 'activation_off' });
      }
      return opened('auto_off', 2, '/admin')(set);
    },
  },
  { name: 'licence page for a member', shows: '.notice', play: opened('free_seats', 3, '/admin') },
];

/** What stops a visit: each kind of block screen. */
const BLOCKS: readonly Scene[] = [
  { name: 'trial_over', shows: '#gate-block', play: opened('trial_over'), then: press('#gate-why summary') },
  {
    name: 'trial_over, asked',
    shows: '#gate-block',
    play: opened('trial_over', 3),
    then: async ({ page }) => {
      const button = page.locator('#gate-action-request_purchase');
      if ((await button.count()) > 0) await button.click();
      await page.locator('#gate-asked').waitFor();
    },
  },
  { name: 'trial_over for administrators', shows: '#gate-block', play: opened('trial_over', 2) },
  { name: 'no_free_seat', shows: '#gate-block', play: opened('used_up') },
  { name: 'activation_off', shows: '#gate-block', play: opened('auto_off') },
  { name: 'codes_lapsed', shows: '#gate-block', play: opened('codes_lapsed') },
  {
    name: 'app_not_installed',
    shows: '#gate-block',
    play: ({ stage, cast, look }) => cast.arrive(stage.member('removed'), { entry: 'share', path: '/records', look }),
    then: async ({ page }) => {
      const howTo = page.locator('#gate-block .gate-howto summary');
      if ((await howTo.count()) > 0) await howTo.first().click();
    },
  },
  {
    name: 'external_contact_needed',
    shows: '#gate-block',
    play: opened('free_seats', 2, '/records?capability=external_contact'),
  },
  {
    name: 'out_of_range',
    shows: '#gate-block',
    play: async (set) => {
      const member = await newcomerTo('trial_day_12', set);
      await set.stage.order('members', { ...member, action: 'hide' });
      await set.stage.settled();
      return set.cast.arrive(member, { entry: 'share', path: '/records', look: set.look });
    },
  },
  {
    name: 'activation_failed',
    shows: '#gate-block',
    play: async (set) => {
      await set.stage.order('faults', { endpoint: ACTIVATE, kind: 'errcode', errcode: 701030 });
      return set.cast.arrive(await newcomerTo('free_seats', set), { entry: 'qr', path: '/records', look: set.look });
    },
  },
];

/** Before anybody is in, and while they wait. */
const WAYS_IN: readonly Scene[] = [
  {
    name: 'activating',
    shows: '#gate-wait',
    play: async (set) => {
      await set.stage.order('faults', { endpoint: ACTIVATE, kind: 'slow', ms: 2500 });
      const visitor = await set.cast.visitor(await newcomerTo('free_seats', set), set.look);
      // The answer that would end the wait stays away.
      await visitor.page.route('**/api/verdict*', () => undefined);
      await visitor.open('qr', '/records');
      return visitor;
    },
  },
  {
    name: 'open in WeCom, from a browser',
    shows: '#gate-open',
    play: ({ stage, cast, look }) =>
      cast.arrive(stage.member('trial_day_12'), {
        entry: 'link',
        path: '/records',
        look: { ...look, client: 'browser' },
      }),
  },
  {
    name: 'open in WeCom, from WeChat',
    shows: '#gate-open',
    play: ({ cast, look }) =>
      cast.arrive('outsider', { entry: 'link', path: '/record?id=whatever', look: { ...look, client: 'wechat' } }),
  },
  {
    name: 'login failed',
    shows: '#gate-failed',
    play: async ({ stage, cast, look }) => {
      const admin = stage.member('trial_day_12', 2);
      const first = await cast.visitor(admin);
      const link = await first.addressOf('settings');
      await first.page.goto(link);
      const second = await cast.visitor(admin, { ...look, client: 'browser' });
      await second.page.goto(link);
      return second;
    },
  },
  { name: 'no such record', shows: '#gate-not-found', play: opened('trial_day_12', 1, '/record?id=none') },
  { name: 'no such page', shows: '#gate-not-found', play: opened('trial_day_12', 1, '/nowhere') },
  {
    name: 'a record’s label for an outsider',
    shows: '#record-label',
    play: async (set) => {
      const id = await labelledRecord(set);
      const guest = await set.cast.arrive('outsider', {
        entry: 'qr',
        path: `/record?id=${id}`,
        look: { ...set.look, client: 'wechat' },
      });
      await guest.page.locator('#gate-action-visit').click();
      return guest;
    },
  },
  {
    name: 'the list for an outsider',
    shows: '#records-outsider',
    play: async ({ cast, look }) => {
      const path = '/records';
      const guest = await cast.arrive('outsider', { entry: 'link', path, look: { ...look, client: 'wechat' } });
      await guest.page.locator('#gate-action-visit').click();
      return guest;
    },
  },
];

/** Every screen that an app with activation by the server has; none changes what another one needs. */
export const SCENES: readonly Scene[] = [...PAGES, ...BLOCKS, ...WAYS_IN];

/** The screen that only an app has where WeCom alone activates. */
const FROM_WORKBENCH: Scene = {
  name: 'open_from_workbench',
  shows: '#gate-block',
  play: ({ stage, cast, look }) => cast.arrive(stage.member('free_seats'), { entry: 'qr', path: '/records', look }),
  then: press('#gate-action-show_steps'),
};

/** WeCom answers nothing any more, and time goes by. */
const afterSilence =
  (span: string): Scene['play'] =>
  async ({ stage, cast, look }) => {
    // Past the pause that the server makes after an earlier failure.
    await stage.advance('1m');
    const visitor = await cast.arrive(stage.member('trial_day_12'), { look });
    await drawn(visitor.page);
    await stage.order('faults', { endpoint: '*', kind: 'down' });
    await stage.advance(span);
    await visitor.page.goto(`${stage.origin}/records`);
    return visitor;
  };

/** What an app has where WeCom alone activates, and where WeCom fails; time moves on from one to the next. */
export const LATER_SCENES: readonly Scene[] = [
  FROM_WORKBENCH,
  { name: 'stale_facts', shows: '#gate-banner', play: afterSilence('20m') },
  { name: 'facts_unavailable', shows: '#gate-block', play: afterSilence('25h') },
];
