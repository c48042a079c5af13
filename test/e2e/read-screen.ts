import type { Page } from 'playwright-core';

/** What a person has in front of them. */
export type Screen = {
  readonly kind: 'page' | 'block' | 'wait' | 'open' | 'failed' | 'lost';
  readonly title: string;
  readonly sentence: string;
  /** The small print: reason code and time. */
  readonly code: string;
  readonly actions: readonly string[];
};

const KINDS = {
  block: '#gate-block',
  wait: '#gate-wait',
  open: '#gate-open',
  failed: '#gate-failed',
  lost: '#gate-not-found',
};

/** Waits until the app has taken over from the server's markup; with scripts off there is nothing to wait for. */
export async function drawn(page: Page): Promise<void> {
  // A function, because the pages' script policy lets no text be evaluated while waiting.
  await page.waitForFunction(
    () => document.getElementById('gate') === null && document.querySelector('#app .gate') !== null,
  );
}

async function textOf(page: Page, selector: string): Promise<string> {
  const found = page.locator(selector).first();
  return (await found.count()) === 0 ? '' : (await found.innerText()).trim();
}

/** Reads the screen that is shown now. */
export async function readScreen(page: Page): Promise<Screen> {
  const found = await Promise.all(
    Object.entries(KINDS).map(async ([kind, selector]) => ((await page.locator(selector).count()) > 0 ? kind : null)),
  );
  const kind = (found.find((one) => one !== null) ?? 'page') as Screen['kind'];
  const within = kind === 'page' ? '#gate-banner' : KINDS[kind];
  return {
    kind,
    title: await textOf(page, `${within} #gate-title`),
    sentence: await textOf(page, `${within} #gate-sentence`),
    code: await textOf(page, '#gate-code'),
    actions: await page.locator(`${within} [id^="gate-action-"]`).allInnerTexts(),
  };
}

/** The verdict as the API tells this person, asked from inside the page. */
export async function askVerdict(
  page: Page,
  query = '',
): Promise<{ outcome: string; reason: string; until: string | null }> {
  return page.evaluate(async (search) => {
    const response = await fetch(`/api/verdict${search}`);
    return (await response.json()) as { outcome: string; reason: string; until: string | null };
  }, query);
}
