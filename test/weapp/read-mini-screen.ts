import type { Screen } from '../e2e/read-screen';
import type { MiniPhone } from '../support/mini/mini-phone';
import { waitFor } from '../support/wait-for';

const KINDS = {
  block: '#gate-block',
  wait: '#gate-wait',
  open: '#gate-open',
  failed: '#gate-failed',
  lost: '#gate-not-found',
};

/** Pages behind the gate, once they have their contents. */
const PAGES = ['#records', '#record', '#licences', '#record-label', '#records-outsider', '.notice'];

async function kindOf(phone: MiniPhone): Promise<Screen['kind'] | null> {
  for (const [kind, selector] of Object.entries(KINDS)) {
    if ((await phone.all(selector)).length > 0) return kind as Screen['kind'];
  }
  for (const selector of PAGES) if ((await phone.all(selector)).length > 0) return 'page';
  return null;
}

/** Waits until the gate has drawn something that stays, and reads it; a wait is passed over unless it is asked for. */
export async function readMiniScreen(phone: MiniPhone, { waits = false } = {}): Promise<Screen> {
  const kind = await waitFor('a screen', async () => {
    const seen = await kindOf(phone);
    return seen === 'wait' && !waits ? null : seen;
  });
  const within = kind === 'page' ? '#gate-banner' : KINDS[kind];
  const textOf = async (selector: string) => (await (await phone.all(selector))[0]?.text()) ?? '';
  const buttons = await phone.all(`${within} button`);
  const ids = await Promise.all(buttons.map((button) => button.attribute('id')));
  const actions = buttons.filter((_, index) => ids[index]?.startsWith('gate-action-'));
  return {
    kind,
    title: await textOf(`${within} #gate-title`),
    sentence: await textOf(`${within} #gate-sentence`),
    code: await textOf('#gate-code'),
    actions: await Promise.all(actions.map((button) => button.text())),
  };
}
